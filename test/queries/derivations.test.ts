import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Staged } from '../../lake/catalog.ts';
import { readParquet } from '../../lake/parquet.ts';
import { derivations } from '../../queries/derivations.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Row } from '../../tables/table.ts';
import { fixtureLake, type Given } from './fixture_lake.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rolecall-derivations-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What the derivations of a table answer for a date. */
async function derived(name: string, given: Given, date: string): Promise<readonly Row[]> {
  const { lake, contents } = await fixtureLake(given, root);
  const engine = duckdb(lake);
  const staged: Staged = { ...contents, kind: 'staged', runId: 'run', snapshotDate: date };
  const rows: Row[] = [];
  for (const { table, name: filling, applies, render } of derivations([]).filter((each) => each.table.name === name)) {
    if (applies?.(staged, date) === false) continue;
    const to = { table, date, folder: `runs/run/${name}/${filling}` };
    for (const { key } of await engine.unload([{ name, sql: render(staged, date) }], staged, to))
      rows.push(...(await readParquet(table, (await lake.get(key))!)));
  }
  await engine.close();
  return rows;
}

describe('C3 wildcards', () => {
  const date = { snapshot_date: '2026-01-05', account_id: '1' };

  test('are the counts of the date, for the organization, accounts and teams', async () => {
    const given = {
      roles: [
        { ...date, arn: 'role/a', owner_team: 'pay' },
        { ...date, snapshot_date: '2026-01-12', arn: 'role/a', owner_team: 'pay' },
      ],
      policy_attachments: [{ ...date, principal_arn: 'role/a', policy_id: 'policy/p', kind: 'managed' }],
      statements: [{ ...date, policy_id: 'policy/p', position: 0, effect: 'Allow', has_service_wildcard: true }],
    };
    const rows = await derived('wildcards', given, '2026-01-05');
    expect(rows.map(({ scope_kind, scope }) => [scope_kind, scope])).toEqual([
      ['account', '1'],
      ['organization', 'organization'],
      ['team', 'pay'],
    ]);
    for (const row of rows) expect(row).toMatchObject({ statements: 1, service_wildcard: 1, roles_with_wildcards: 1 });
    expect(await derived('wildcards', given, '2026-01-12')).toEqual([]);
  });
});

describe('C1 C2 shared roles', () => {
  const date = { snapshot_date: '2026-01-05', account_id: '1' };
  const functionOf = (name: string, region: string, role_arn: string) => ({
    ...date,
    region,
    role_arn,
    function_arn: name,
    function_name: name,
  });
  const attached = (principal_arn: string) => ({ ...date, principal_arn, policy_id: 'policy/p', kind: 'managed' });

  test('a role of several functions, and roles with the same permissions whether used or not', async () => {
    const rows = await derived(
      'shared_roles',
      {
        roles: [
          { ...date, arn: 'role/a', is_admin: true },
          { ...date, account_id: '2', arn: 'role/b', is_admin: true },
          { ...date, arn: 'role/one', is_admin: false },
          { ...date, snapshot_date: '2026-01-12', arn: 'role/a', is_admin: false },
        ],
        policies: [{ ...date, policy_id: 'policy/p', is_default: true, document_sha256: 'x' }],
        policy_attachments: [attached('role/a'), attached('role/b')],
        functions: [
          functionOf('pay-in', 'us-east-1', 'role/a'),
          functionOf('mail-out', 'eu-west-1', 'role/a'),
          functionOf('alone', 'eu-west-1', 'role/one'),
        ],
      },
      '2026-01-05',
    );
    const clones = rows.filter((row) => row.cluster_kind === 'cloned_role');
    expect(new Set(clones.map((row) => row.cluster_id)).size).toBe(1);
    expect(rows.map(({ cluster_id, ...row }) => Object.values(row))).toEqual([
      ['1', 'cloned_role', 'role/a', 2, 2, 2, true],
      ['1', 'same_role', 'role/a', 2, 2, 2, true],
      ['2', 'cloned_role', 'role/b', 0, 0, 0, true],
    ]);
  });
});

describe('C4 drift', () => {
  const [first, second, third] = ['2026-01-05', '2026-01-12', '2026-01-19'] as const;
  const weeks = [first, second, third];
  const covered = (snapshot_date: string, resource: string, status = 'ok', region = 'global') => ({
    snapshot_date,
    account_id: '1',
    region,
    resource,
    status,
  });
  const role = (snapshot_date: string, role_id: string) => ({
    snapshot_date,
    account_id: '1',
    region: 'global',
    arn: 'role/a',
    role_id,
  });
  const told = (rows: readonly Row[]) =>
    rows.map((row) => `${row.from_snapshot} ${row.kind} ${row.before}→${row.after}`);

  test('is what changed since the snapshot before, whatever came later', async () => {
    const given = {
      coverage: weeks.map((date) => covered(date, 'roles')),
      roles: weeks.map((date, index) => role(date, `AROA${index}`)),
    };
    expect(await derived('drift', given, second)).toEqual([
      {
        account_id: '1',
        region: 'global',
        from_snapshot: first,
        kind: 'role_recreated',
        subject: 'role/a',
        before: 'AROA0',
        after: 'AROA1',
        direction: null,
      },
    ]);
    expect(told(await derived('drift', given, third))).toEqual([`${second} role_recreated AROA1→AROA2`]);
    expect(await derived('drift', given, first), 'the first has none before').toEqual([]);
  });

  test('is since the last snapshot that read it, across those that did not', async () => {
    const given = {
      coverage: [covered(first, 'roles'), covered(second, 'roles', 'denied'), covered(third, 'roles')],
      roles: [role(first, 'AROA0'), role(third, 'AROA2')],
    };
    expect(await derived('drift', given, second)).toEqual([]);
    expect(told(await derived('drift', given, third))).toEqual([`${first} role_recreated AROA0→AROA2`]);
  });

  test('each kind of change waits for what it needs, so that nothing is told twice', async () => {
    const attached = (snapshot_date: string, policy_id: string) => ({
      snapshot_date,
      account_id: '1',
      region: 'global',
      principal_arn: 'role/a',
      policy_id,
      kind: 'managed',
    });
    const given = {
      coverage: [
        ...weeks.map((date) => covered(date, 'roles')),
        covered(first, 'policies'),
        covered(second, 'policies', 'error'),
        covered(third, 'policies'),
      ],
      roles: [role(first, 'AROA0'), role(second, 'AROA1'), role(third, 'AROA1')],
      policy_attachments: [attached(first, 'p'), attached(third, 'p'), attached(third, 'q')],
    };
    expect(told(await derived('drift', given, second))).toEqual([`${first} role_recreated AROA0→AROA1`]);
    expect(told(await derived('drift', given, third))).toEqual([`${first} policy_attached null→q`]);
  });

  test('regions and kinds of functions are compared each by itself', async () => {
    const of = (snapshot_date: string, region: string, kind: string, name: string, role_arn: string) => ({
      snapshot_date,
      account_id: '1',
      region,
      kind,
      function_arn: `arn:aws:lambda:${region}:1:${name}`,
      role_arn,
    });
    const all = (date: string, role_arn: string) => [
      of(date, 'a', 'event_function', 'function:f', role_arn),
      of(date, 'b', 'event_function', 'function:g', role_arn),
      of(date, 'b', 'capacity_provider', 'capacity-provider:c', role_arn),
      of(date, 'b', 'microvm_image', 'microvm-image:m', role_arn),
    ];
    const read = (date: string, skipped: readonly string[]) =>
      ['a functions', 'b functions', 'b capacity_providers', 'b microvms'].map((place) => {
        const [region, resource] = place.split(' ') as [string, string];
        return covered(date, resource, skipped.includes(place) ? 'denied' : 'ok', region);
      });
    const skipped = ['b functions', 'b microvms'];
    const given = {
      coverage: [...read(first, []), ...read(second, skipped), ...read(third, [])],
      functions: [...all(first, 'x'), ...all(second, 'y').filter((_, index) => index % 2 === 0), ...all(third, 'z')],
    };
    const rows = await derived('drift', given, third);
    expect(rows.map((row) => `${row.subject} ${row.from_snapshot} ${row.before}`).sort()).toEqual([
      `arn:aws:lambda:a:1:function:f ${second} y`,
      `arn:aws:lambda:b:1:capacity-provider:c ${second} y`,
      `arn:aws:lambda:b:1:function:g ${first} x`,
      `arn:aws:lambda:b:1:microvm-image:m ${first} x`,
    ]);
  });

  test('the organization is a scope of its own, and each policy of AWS too', async () => {
    const account = (snapshot_date: string, ou_id: string) => ({
      snapshot_date,
      account_id: '2',
      ou_id,
      ou_path: ou_id,
    });
    const policy = (snapshot_date: string, policy_id: string, document_sha256: string) => ({
      snapshot_date,
      account_id: 'aws',
      region: 'global',
      policy_id,
      is_default: true,
      document_sha256,
      document: document_sha256,
    });
    const given = {
      coverage: [covered(first, 'accounts'), covered(second, 'accounts', 'denied'), covered(third, 'accounts')],
      accounts: [account(first, 'ou-1'), account(third, 'ou-3')],
      policies: [
        policy(first, 'always', '1'),
        policy(second, 'always', '2'),
        policy(third, 'always', '3'),
        policy(first, 'gap', '1'),
        policy(third, 'gap', '3'),
      ],
    };
    expect(told(await derived('drift', given, third)).sort()).toEqual([
      `${first} account_moved ou-1→ou-3`,
      `${first} policy_changed 1→3`,
      `${second} policy_changed 2→3`,
    ]);
  });
});

describe('C2 C4 direction of a change', () => {
  const [from, to] = ['2026-01-05', '2026-01-12'] as const;
  const place = { account_id: '1', region: 'global' };
  const both = <T extends object>(row: T) => [from, to].map((snapshot_date) => ({ snapshot_date, ...place, ...row }));
  const coverage = ['roles', 'policies', 'functions', 'function_policies', 'function_urls'].flatMap((resource) =>
    both({ resource, status: 'ok' }),
  );
  const directions = async (given: Given) =>
    (await derived('drift', { coverage, ...given }, to)).map(({ kind, subject, direction }) => [
      kind,
      subject,
      direction,
    ]);

  interface Allowed {
    readonly effect?: string;
    readonly actions: readonly string[] | null;
    readonly resources?: readonly string[];
    readonly condition?: string;
  }
  const version = (snapshot_date: string, policy_id: string, statements: readonly Allowed[]) => ({
    policies: [{ snapshot_date, ...place, policy_id, is_default: true, document_sha256: JSON.stringify(statements) }],
    statements: statements.map(({ effect = 'Allow', actions, resources = ['*'], condition }, position) => ({
      snapshot_date,
      ...place,
      policy_id,
      position,
      effect,
      actions,
      resources,
      condition: condition ?? null,
      has_full_resource: resources.includes('*'),
      grants_admin: effect === 'Allow' && (actions?.includes('*') ?? false) && resources.includes('*'),
    })),
  });

  const rewritten: readonly (readonly [string, readonly Allowed[], readonly Allowed[], string | null])[] = [
    ['a whole service', [{ actions: ['s3:GetObject', 'sqs:ReceiveMessage'] }], [{ actions: ['s3:*'] }], 'broader'],
    ['one action more', [{ actions: ['s3:GetObject'] }], [{ actions: ['s3:GetObject', 's3:PutObject'] }], 'broader'],
    ['more resources', [{ actions: ['s3:GetObject'], resources: ['a'] }], [{ actions: ['s3:GetObject'] }], 'broader'],
    ['no condition any more', [{ actions: ['s3:*'], condition: '{"x":1}' }], [{ actions: ['s3:*'] }], 'broader'],
    ['everything, whatever is denied', [{ effect: 'Deny', actions: ['a:b'] }], [{ actions: ['*'] }], 'broader'],
    [
      'names in place of a wildcard',
      [{ actions: ['s3:*'] }],
      [{ actions: ['S3:GetObject'], resources: ['a'] }],
      'narrower',
    ],
    ['a statement less', [{ actions: ['a:b'] }, { actions: ['c:d'] }], [{ actions: ['c:d'] }], 'narrower'],
    ['the same in other words', [{ actions: ['a:b', 'c:d'] }], [{ actions: ['a:b'] }, { actions: ['c:d'] }], 'neutral'],
    ['one action for another', [{ actions: ['s3:*'] }], [{ actions: ['iam:PassRole'] }], null],
    ['a Deny less', [{ actions: ['a:b'] }, { effect: 'Deny', actions: ['a:b'] }], [{ actions: ['a:b'] }], null],
    ['NotAction', [{ actions: null }], [{ actions: ['a:b'] }], null],
  ];

  test('a policy rewritten is judged where each version only allows actions it names, or allows everything now', async () => {
    const versions = rewritten.flatMap(([id, before, after]) => [version(from, id, before), version(to, id, after)]);
    const given = {
      policies: versions.flatMap(({ policies }) => policies),
      statements: versions.flatMap(({ statements }) => statements),
    };
    expect((await directions(given)).toSorted()).toEqual(
      rewritten.map(([id, , , direction]) => ['policy_changed', id, direction]).toSorted(),
    );
  });

  test('a policy gained is broader and one lost narrower, unless it denies or was not taken apart', async () => {
    const attached = (snapshot_date: string, principal_arn: string, policy_id: string) => ({
      snapshot_date,
      ...place,
      principal_arn,
      policy_id,
      kind: 'managed',
    });
    const said = ['Allow', 'Deny'].flatMap((effect) => both({ policy_id: effect, effect, actions: ['a:b'] }));
    const given = {
      roles: ['gains', 'loses'].flatMap((arn) => both({ arn })),
      statements: said,
      policy_attachments: ['Allow', 'Deny', 'unread'].flatMap((policy) => [
        attached(to, 'gains', policy),
        attached(from, 'loses', policy),
      ]),
    };
    expect(await directions(given)).toEqual(
      expect.arrayContaining([
        ['policy_attached', 'gains', 'broader'],
        ['policy_detached', 'loses', 'narrower'],
      ]),
    );
    expect((await directions(given)).filter(([, , direction]) => direction === null)).toHaveLength(4);
  });

  test('roles that may do anything, boundaries and exposure decide by themselves', async () => {
    const role = (snapshot_date: string, arn: string, boundary_arn: string | null, is_admin = false) => ({
      snapshot_date,
      ...place,
      arn,
      boundary_arn,
      is_admin,
    });
    const of = (snapshot_date: string, function_arn: string, role_arn: string, is_public = false) => ({
      snapshot_date,
      ...place,
      function_arn,
      kind: 'event_function',
      role_arn,
      is_public,
    });
    const given = {
      roles: [
        role(from, 'admin', null, true),
        role(to, 'admin', null, true),
        role(from, 'freed', 'edge'),
        role(to, 'freed', null),
        role(from, 'bound', null),
        role(to, 'bound', 'edge'),
        role(from, 'moved', 'edge'),
        role(to, 'moved', 'other'),
      ],
      functions: [
        of(from, 'down', 'admin', true),
        of(to, 'down', 'bound', false),
        of(from, 'up', 'bound'),
        of(to, 'up', 'admin', true),
        of(from, 'aside', 'bound'),
        of(to, 'aside', 'freed'),
        of(to, 'new', 'admin'),
        of(to, 'young', 'bound'),
      ],
    };
    expect((await directions(given)).map((row) => row.join(' ')).sort()).toEqual([
      'boundary_changed bound narrower',
      'boundary_changed freed broader',
      'boundary_changed moved ',
      'function_added new broader',
      'function_added young ',
      'function_exposure_changed down narrower',
      'function_exposure_changed up broader',
      'function_role_changed aside ',
      'function_role_changed down narrower',
      'function_role_changed up broader',
    ]);
  });
});
