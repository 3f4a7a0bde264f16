import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CollectedAccount } from '../../analysis/collected.ts';
import { type Disturbance, type DisturbingProxy, disturbancesOf, disturbingProxy } from './disturbing_proxy.ts';
import type { Emulator } from './emulators.ts';
import { collectLive } from './live_account.ts';
import { allowWhatTheEmulatorAsks, createOrganization, type LiveOrganization } from './live_organization.ts';
import { startMinistack } from './ministack.ts';

type Rows = Exclude<keyof CollectedAccount, 'accountId' | 'coverage'>;

/** Resources whose reading rows of a kind depend on. */
const sources: Readonly<Record<Rows, readonly string[]>> = {
  functions: ['functions', 'microvms', 'capacity_providers', 'function_tags'],
  functionVersions: ['functions', 'function_versions'],
  functionPolicies: ['function_policies'],
  functionUrls: ['function_urls'],
  eventSources: ['event_source_mappings'],
  roles: ['roles'],
  users: ['users'],
  groups: ['groups'],
  policies: ['policies'],
  policyAttachments: ['roles', 'users', 'groups'],
  usages: ['service_last_accessed'],
};

let emulator: Emulator;
let organization: LiveOrganization;
let proxy: DisturbingProxy;
let undisturbed: CollectedAccount;
let next: () => Disturbance = () => 'none';

const collect = () => collectLive(organization, organization.accounts.shop);

const notOk = ({ coverage }: CollectedAccount): ReadonlyMap<string, string | null> =>
  new Map(coverage.filter(({ status }) => status !== 'ok').map(({ resource, message }) => [resource, message]));

beforeAll(async () => {
  emulator = await startMinistack();
  organization = await createOrganization(emulator.endpoint);
  await allowWhatTheEmulatorAsks(emulator.endpoint, organization.accounts.shop);
  proxy = await disturbingProxy(emulator.endpoint, () => next());
  process.env.AWS_ENDPOINT_URL = proxy.endpoint;
  undisturbed = await collect();
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL;
  await proxy?.stop();
  await emulator?.stop();
});

describe('A4 an account read while requests are throttled, fail, break off, are slow or cut', () => {
  test('undisturbed has rows of most kinds', () => {
    const filled = (Object.keys(sources) as Rows[]).filter((kind) => undisturbed[kind].length > 0);

    expect(filled).toEqual(
      expect.arrayContaining(['functions', 'functionUrls', 'functionPolicies', 'roles', 'policies']),
    );
    expect([...notOk(undisturbed).keys()]).toEqual(['service_last_accessed', 'capacity_providers']);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'gives the same rows, or says of which resource they are missing (seed %i)',
    async (seed) => {
      next = disturbancesOf(seed, 0.15);

      const disturbed = await collect();

      const missing = notOk(disturbed);
      for (const kind of Object.keys(sources) as Rows[]) {
        const explained = sources[kind].filter(
          (resource) => missing.has(resource) && !notOk(undisturbed).has(resource),
        );
        if (explained.length === 0) expect(disturbed[kind], kind).toEqual(undisturbed[kind]);
        for (const resource of explained) expect(missing.get(resource), resource).toBeTruthy();
      }
    },
  );

  test('every disturbance was met', () => {
    expect([...proxy.met.keys()].sort()).toEqual(['cut', 'failed', 'none', 'reset', 'slow', 'throttled']);
  });

  test('without any answer is not read, and says so of everything', async () => {
    next = () => 'reset';

    const { coverage, roles, functions } = await collect();

    expect({ roles, functions }).toEqual({ roles: [], functions: [] });
    expect(new Set(coverage.map(({ status, message }) => `${status} ${message}`))).toEqual(
      new Set(['error sts:GetCallerIdentity in us-east-1 could not be reached (ECONNRESET)']),
    );
  });
});
