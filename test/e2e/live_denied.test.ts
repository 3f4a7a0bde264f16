import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectorActions } from '../../stacksets/collector_actions.ts';
import { resourcesWithout } from '../collectors/resources_without.ts';
import type { Emulator } from './emulators.ts';
import { collectLive } from './live_account.ts';
import {
  allowWhatTheEmulatorAsks,
  createOrganization,
  type LiveOrganization,
  rootKeys,
  withoutAction,
} from './live_organization.ts';
import { startMinistack } from './ministack.ts';

/** Actions whose absence this emulator does not show, and why; test/collectors/live/denied.test.ts shows each of them. */
const unseen: Readonly<Record<string, string>> = {
  'account:ListRegions': 'the emulator does not check it',
  'lambda:GetMicrovm': 'the emulator does not check it',
  'lambda:GetMicrovmImageVersion': 'the emulator does not check it',
  'lambda:ListCapacityProviders': 'the emulator does not have it',
  'lambda:ListCodeSigningConfigs': 'the emulator does not check it',
  'lambda:ListFunctionsByCodeSigningConfig': 'the emulator has no code signing configuration to ask about',
  'lambda:ListFunctionUrlConfigs': 'the emulator checks lambda:GetFunction in its place',
  'lambda:ListMicrovmImages': 'the emulator does not check it',
  'lambda:ListMicrovms': 'the emulator does not check it',
};

let emulator: Emulator;
let organization: LiveOrganization;

beforeAll(async () => {
  emulator = await startMinistack();
  process.env.AWS_ENDPOINT_URL = emulator.endpoint;
  organization = await createOrganization(emulator.endpoint);
  await allowWhatTheEmulatorAsks(emulator.endpoint, organization.accounts.shop);
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL;
  await emulator?.stop();
});

/** The emulator has none of the one; live reading does not ask for the other. */
const neverRead: readonly string[] = ['capacity_providers', 'service_last_accessed'];

async function notRead() {
  const { coverage } = await collectLive(organization, organization.accounts.shop);
  return coverage.filter(({ status, resource }) => status !== 'ok' && !neverRead.includes(resource));
}

describe('A4 without one action of the collector role', () => {
  test('and with all of them, everything is read that the emulator has', async () => {
    expect(await notRead()).toEqual([]);
  });

  test.each(collectorActions.filter((action) => !(action in unseen)))(
    '%s, coverage is denied and names it; all else is read',
    async (action) => {
      await withoutAction(emulator.endpoint, rootKeys(organization.accounts.shop), action);

      const rows = await notRead();

      expect(rows.map(({ resource }) => resource).sort()).toEqual([...resourcesWithout(action)].sort());
      for (const { status, message } of rows) {
        expect(status).toBe('denied');
        expect(message).toContain(`${action} in `);
      }
    },
  );

  test.each(Object.entries(unseen))('%s, nothing is seen here (%s)', async (action) => {
    expect(collectorActions).toContain(action);
    await withoutAction(emulator.endpoint, rootKeys(organization.accounts.shop), action);

    expect(await notRead()).toEqual([]);
  });
});
