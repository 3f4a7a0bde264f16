import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from './emulators.ts';
import { environmentOf, rolecall, startRolecall } from './live_command.ts';
import {
  allowWhatTheEmulatorAsks,
  createOrganization,
  homeRegion,
  type LiveOrganization,
  rootKeys,
  secretValue,
  shopFunctions,
  withoutAction,
} from './live_organization.ts';
import { hubAccount, startMinistack } from './ministack.ts';

const lake = mkdtempSync(join(tmpdir(), 'rolecall-live-'));
let emulator: Emulator;
let organization: LiveOrganization;

const sql = async (statement: string): Promise<readonly Record<string, unknown>[]> => {
  const { out, err } = await rolecall({}, 'sql', statement, '--lake', lake, '--format', 'json');
  expect(err).toBe('');
  return JSON.parse(out);
};

beforeAll(async () => {
  emulator = await startMinistack();
  organization = await createOrganization(emulator.endpoint);
  for (const name of ['shop', 'bank'] as const) {
    await allowWhatTheEmulatorAsks(emulator.endpoint, organization.accounts[name]);
  }
});

afterAll(async () => {
  await emulator?.stop();
  rmSync(lake, { recursive: true });
});

/** A server that takes requests and answers none. */
async function silentServer(): Promise<{ endpoint: string; came: () => number; stop: () => void }> {
  let came = 0;
  const server = createServer(() => {
    came += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, came: () => came, stop };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

describe('an organization of six members, read by the command that a user types (A1, A2, A4, A7)', () => {
  test('is published, and what cannot be read is said', async () => {
    const { exitCode, err } = await rolecall(
      environmentOf(organization),
      ...['snapshot', '--lake', lake, '--regions', homeRegion],
    );

    expect(err).toContain('4 of 7 accounts complete');
    expect(exitCode).toBe(0);
    expect(err).toMatch(/requests to AWS: account \d+, iam \d+, .*; 0 of them retries; \d.* MB received/);
    expect(err).not.toContain(secretValue);
  });

  test('the accounts that cannot be opened say why, for everything they were to be asked', async () => {
    const { web, ops, old } = organization.accounts;

    const rows = await sql(
      `select account_id, status, count(*) as resources, min(message) as message from coverage_latest
       where account_id in ('${web}', '${ops}', '${old}') group by account_id, status`,
    );

    const reasons = Object.fromEntries(rows.map((row) => [row.account_id, row]));
    expect(rows).toHaveLength(3);
    expect(reasons[web]).toMatchObject({ status: 'role_missing', message: expect.stringContaining('ExternalId') });
    expect(reasons[ops]).toMatchObject({ status: 'role_missing', message: expect.stringContaining('missing') });
    expect(reasons[old]).toMatchObject({ status: 'account_inactive', message: expect.stringContaining('SUSPENDED') });
  });

  test('the others are read, save for what the emulator does not have and what only exports hold', async () => {
    const rows = await sql(`select distinct resource, error_code from coverage_latest where account_id in
      ('${hubAccount}', '${organization.accounts.shop}', '${organization.accounts.bank}', '${organization.accounts.lab}')
      and status <> 'ok' order by resource`);

    expect(rows).toEqual([
      { resource: 'capacity_providers', error_code: 'ResourceNotFoundException' },
      { resource: 'service_last_accessed', error_code: null },
    ]);
  });

  test('functions and their roles are there; of their variables the names only', async () => {
    const { shop, bank } = organization.accounts;

    expect(
      await sql(`select account_id, function_name, role_arn, team, environment_names from functions_latest order by 2`),
    ).toEqual(
      [
        { account_id: shop, function_name: 'cart', role: 'worker' },
        { account_id: bank, function_name: 'ledger', role: 'ledger' },
        { account_id: shop, function_name: 'mail', role: 'worker' },
        { account_id: shop, function_name: 'stock', role: 'worker' },
      ].map(({ role, ...row }) => ({
        ...row,
        role_arn: `arn:aws:iam::${row.account_id}:role/${role}`,
        team: 'checkout',
        environment_names: ['API_TOKEN'],
      })),
    );
  });

  test('invokers of a function and of its alias are there', async () => {
    const rows = await sql('select qualifier, kind, is_public from function_triggers_latest');

    expect(rows).toEqual(
      expect.arrayContaining([
        { qualifier: null, kind: 'event_source_mapping', is_public: false },
        { qualifier: null, kind: 'function_url', is_public: false },
        { qualifier: null, kind: 'resource_policy', is_public: true },
        { qualifier: 'live', kind: 'resource_policy', is_public: false },
      ]),
    );
  });

  test('requests are as many as AWS needs, by resource', async () => {
    const ofFunctions = shopFunctions.length;
    const aliases = 1;

    const rows = await sql(`select resource, sum(api_calls) as api_calls from coverage_latest
      where account_id = '${organization.accounts.shop}' and resource <> 'roles' group by resource`);

    expect(Object.fromEntries(rows.map(({ resource, api_calls }) => [resource, api_calls]))).toEqual({
      users: 0,
      groups: 0,
      policies: 0,
      service_last_accessed: 0,
      functions: 1,
      event_source_mappings: 1,
      function_tags: 1,
      capacity_providers: 1,
      code_signing_configs: 1,
      microvms: 2,
      regions: 2,
      function_versions: ofFunctions,
      function_urls: ofFunctions,
      function_policies: ofFunctions + aliases,
    });
  });

  test('a policy of AWS that two accounts use is asked for once, with its version', async () => {
    const readable = [hubAccount, organization.accounts.shop, organization.accounts.bank, organization.accounts.lab];
    const ofPolicy = 2;

    expect(await sql("select sum(api_calls) as calls from coverage_latest where resource = 'roles'")).toEqual([
      { calls: readable.length + ofPolicy },
    ]);
    expect(await sql("select distinct r.is_admin from roles_latest r where r.name in ('worker', 'ledger')")).toEqual([
      { is_admin: true },
    ]);
  });
});

describe('before the first run (A2, A4)', () => {
  test('doctor says which accounts cannot be read, and how to mend it', async () => {
    const { web, ops, old } = organization.accounts;

    const { out, err, exitCode } = await rolecall(environmentOf(organization), 'doctor', '--format', 'json');

    const rows: readonly Record<string, unknown>[] = JSON.parse(out);
    const unopened = rows.filter(({ account_id }) => [web, ops, old].includes(String(account_id)));
    expect(exitCode).toBe(0);
    expect(err).toContain('of 7 accounts can be read in full');
    expect(Object.fromEntries(unopened.map((row) => [row.account_id, row]))).toMatchObject({
      [web]: { status: 'role_missing', mend: expect.stringContaining('ExternalId') },
      [ops]: { status: 'role_missing', mend: expect.stringContaining('stacksets/collector-role.json') },
      [old]: { status: 'account_inactive', mend: expect.stringContaining('Nothing') },
    });
  });

  test('doctor names an action that would be denied, though there is no function to ask for it', async () => {
    const { lab } = organization.accounts;
    await withoutAction(emulator.endpoint, rootKeys(lab), 'lambda:GetPolicy');

    const { out } = await rolecall(environmentOf(organization), 'doctor', '--accounts', lab, '--format', 'json');

    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({
        resources: ['function_policies'],
        status: 'denied',
        problem: expect.stringContaining('lambda:GetPolicy'),
      }),
    );
  });

  test('--plan says how many requests it would take, and reads no account', async () => {
    const { err, exitCode } = await rolecall(
      environmentOf(organization),
      ...['snapshot', '--plan', '--regions', homeRegion, '--lake', join(lake, 'unused')],
    );

    expect({ exitCode, read: existsSync(join(lake, 'unused')) }).toEqual({ exitCode: 0, read: false });
    expect(err).toMatch(/6 of 7 accounts can be read, in 1 region: at least \d+ requests/);
  });
});

describe('a run that the person stops (A4)', () => {
  test('ends within a second though no request is answered, publishes nothing and leaves no lock', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-stopped-'));
    const silent = await silentServer();
    const environment = environmentOf({ ...organization, endpoint: silent.endpoint });
    const run = startRolecall(environment, 'snapshot', '--lake', folder, '--regions', homeRegion);
    await until(() => existsSync(join(folder, 'lock.json')) && silent.came() > 0);

    const interruptedAt = performance.now();
    run.interrupt();
    const { exitCode, err } = await run.ended;

    expect(performance.now() - interruptedAt).toBeLessThan(1000);
    expect(exitCode).toBe(130);
    expect(err).toContain('nothing was published');
    expect(err).toContain('no account was read when the run was stopped');
    expect(err).toMatch(/requests to AWS: sts 1; 0 of them retries; 0 MB received/);
    expect(readdirSync(folder)).toEqual([]);
    silent.stop();
    rmSync(folder, { recursive: true });
  });
});
