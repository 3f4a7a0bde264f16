import { describe, expect, test } from 'vitest';
import { knownActions, knownServices } from '../../analysis/action_catalogue.ts';
import { catalogue } from '../../analysis/capabilities/catalogue.ts';
import type { CollectedUsage } from '../../analysis/collected.ts';
import type { Surroundings } from '../../analysis/surroundings.ts';
import { ACCOUNT, analyzed, attachment, document, policy, role } from './given_account.ts';

const APP = `arn:aws:iam::${ACCOUNT}:role/app`;
const allow = (Action: string | readonly string[], more: object = {}) => ({
  ...{ Effect: 'Allow', Action, Resource: '*' },
  ...more,
});
const deny = (Action: string | readonly string[], more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });
const butFor = (NotAction: string | readonly string[]) => ({ Effect: 'Allow', NotAction, Resource: '*' });

const NARROW = { Resource: 'arn:aws:sqs:*:*:orders', Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
const ONE_QUEUE = { Resource: 'arn:aws:sqs:*:*:orders' };
const TLS = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

interface Given {
  readonly statements: readonly object[];
  readonly boundary?: readonly object[];
  readonly around?: Partial<Surroundings>;
  readonly usage?: Partial<CollectedUsage>;
  readonly created?: string;
}

const scp = (level: number, ...statements: readonly object[]) => ({
  ...{ account_id: ACCOUNT, policy_id: `p-${level}`, name: 'scp', type: 'SERVICE_CONTROL_POLICY', target: 'r', level },
  ...{ document: JSON.stringify(document(...statements)), document_sha256: '', unknown_actions: [] },
});

function rowsOf({ statements, boundary, around, usage, created }: Given) {
  const app = {
    ...role('app'),
    boundary_arn: boundary === undefined ? null : 'boundary',
    created_at: created === undefined ? null : new Date(created),
  };
  const { service_access } = analyzed(
    {
      roles: [app],
      policies: [policy('own', document(...statements)), policy('boundary', document(...(boundary ?? [])))],
      policyAttachments: [attachment(APP, 'own')],
      usages: usage === undefined ? [] : [{ role_name: 'app', reported_at: REPORTED, services: [], ...usage }],
    },
    around,
  );
  return service_access;
}
const REPORTED = new Date('2026-01-05T00:00:00Z');

/** Service: actions, how many of them write, and `w` when a wildcard grants them. */
const shown = (given: Given) =>
  rowsOf(given).map((row) => {
    const counts = [row.granted_actions, row.granted_write_actions, row.wildcard && 'w'].filter((one) => one !== false);
    return `${row.service} ${counts.join(' ')}`;
  });

const sizeOf = (...services: readonly string[]) =>
  knownActions.filter(({ service }) => services.includes(service)).length;
const writesIn = (...services: readonly string[]) =>
  knownActions.filter(({ service, isWrite }) => isWrite && services.includes(service)).length;
const everywhere = [...knownServices.keys()];
const allBut = (...services: readonly string[]) => everywhere.filter((one) => !services.includes(one));
const whole = (name: string, ...services: readonly string[]) =>
  `${name} ${sizeOf(...services)} ${writesIn(...services)} w`;

describe('B2, B3: actions that a role is granted at most', () => {
  test.each<[string, Given, readonly string[]]>([
    ['names, each once', { statements: [allow(['s3:GetObject', 's3:PutObject']), allow('S3:GETOBJECT')] }, ['s3 2 1']],
    ['a whole service', { statements: [allow('sqs:*')] }, [whole('sqs', 'sqs')]],
    ['a part of a service', { statements: [allow('sqs:Get*')] }, ['sqs 2 0 w']],
    ['a wildcard beside names', { statements: [allow(['sns:Publish', 'sns:Get*'])] }, ['sns 8 1 w']],
    ['several services', { statements: [allow(['sqs:SendMessage', 'sns:Publish'])] }, ['sqs 1 1', 'sns 1 1']],
    ['everything', { statements: [allow('*')] }, [whole('*', ...everywhere)]],
    [
      'everything, and a service by name',
      { statements: [allow('*'), allow('sqs:SendMessage')] },
      [whole('sqs', 'sqs'), whole('*', ...allBut('sqs'))],
    ],
    [
      'everything but two services',
      { statements: [butFor(['iam:*', 'sqs:*'])] },
      [whole('*', ...allBut('iam', 'sqs'))],
    ],
    ['services by the beginning of their names', { statements: [allow('sq*:*')] }, [whole('*', 'sqs', 'sqlworkbench')]],
    ['on some resource, under a condition', { statements: [allow('sqs:SendMessage', NARROW)] }, ['sqs 1 1']],
    ['less a Deny on everything', { statements: [allow('sqs:*'), deny(['sqs:*', 'sns:*'])] }, ['sqs 0 0']],
    ['not less a Deny on something', { statements: [allow('sqs:SendMessage'), deny('*', ONE_QUEUE)] }, ['sqs 1 1']],
    ['not less a Deny under a condition', { statements: [allow('sqs:SendMessage'), deny('*', TLS)] }, ['sqs 1 1']],
    [
      'less a Deny of all but',
      { statements: [allow(['sqs:*', 'sns:Publish']), { ...butFor('sns:*'), Effect: 'Deny' }] },
      ['sqs 0 0', 'sns 1 1'],
    ],
    ['what the boundary leaves', { statements: [allow('sqs:*')], boundary: [allow('sqs:SendMessage')] }, ['sqs 1 1 w']],
    ['nothing within the boundary', { statements: [allow('sqs:*')], boundary: [allow('sns:*')] }, ['sqs 0 0']],
    [
      'everything within a boundary: by the services that it names',
      { statements: [allow('*')], boundary: [allow(['sqs:SendMessage', 'sns:*']), deny('sns:*')] },
      ['sqs 1 1 w', 'sns 0 0'],
    ],
    [
      'what each level of SCPs leaves',
      {
        statements: [allow('sqs:*')],
        around: {
          controlPolicies: [scp(0, allow('*')), scp(1, allow(['sqs:Get*', 'sns:*']), deny('sqs:GetQueueUrl'))],
        },
      },
      ['sqs 1 0 w'],
    ],
    [
      'SCPs do not bind the management account',
      {
        statements: [allow('sqs:SendMessage')],
        around: { isManagement: true, controlPolicies: [scp(0, allow('sns:*'))] },
      },
      ['sqs 1 1'],
    ],
    ['nothing', { statements: [deny('*')] }, []],
  ])('%s', (_name, given, expected) => {
    expect(shown(given)).toEqual(expected);
  });

  test('a policy that was not understood may grant anything: nobody can count', () => {
    const rows = rowsOf({ statements: [allow('sqs:*'), { Effect: 'Perhaps', Action: '*' }] });
    expect(rows.map(({ service, granted_actions }) => [service, granted_actions])).toEqual([
      ['sqs', null],
      ['*', null],
    ]);
  });

  test('a boundary that was not understood takes nothing away', () => {
    expect(shown({ statements: [allow('sqs:*')], boundary: [{ Effect: 'Perhaps' }] })).toEqual([whole('sqs', 'sqs')]);
  });

  test.each<[string, string | readonly string[], readonly string[]]>([
    ['a misspelt action', ['s3:GetObject', 's3:GetObjectt'], ['s3 1 [s3:GetObjectt]']],
    ['a service that is new', 'quantum:Entangle', ['quantum null [quantum:Entangle]']],
    ['an action of no service', 'GetObject', ['* 0 [GetObject]']],
  ])('%s is told, not counted', (_name, actions, expected) => {
    const rows = rowsOf({ statements: [allow(actions)] });
    const told = rows.map((row) => `${row.service} ${row.granted_actions} [${row.unknown_actions}]`);
    expect(told).toEqual(expected);
  });

  test('statements tell the patterns that nobody knows, of Action and NotAction', () => {
    const { statements } = analyzed({
      policies: [policy('own', document(allow(['s3:*', 's3:Gett*']), butFor(['iaam:*', 'iam:*'])))],
    });
    expect(statements.map(({ unknown_actions }) => unknown_actions)).toEqual([['s3:Gett*'], ['iaam:*']]);
  });
});

describe('B7: what a role used, by IAM’s report of service last accessed', () => {
  const used = new Date('2025-12-24T00:00:00Z');
  const service = (name: string, last_attempted_at: Date | null, actions: readonly string[] = []) => ({
    ...{ service: name, last_attempted_at },
    actions: actions.map((action) => ({ action, last_attempted_at })),
  });
  const rows = (given: Given) =>
    rowsOf(given).map(({ service: name, action, granted_actions, last_used_at, tracked_since, source }) => [
      ...[action === null ? name : `${name}:${action}`, granted_actions, source],
      ...[last_used_at?.toISOString().slice(0, 10) ?? null, tracked_since?.toISOString().slice(0, 10) ?? null],
    ]);
  const statements = [allow(['sqs:SendMessage', 'sns:Publish', 's3:GetObject'])];
  const IAM = 'service_last_accessed';

  test('used, tracked and not used, not tracked; for 400 days before the report', () => {
    const usage = { services: [service('sqs', used), service('sns', null)] };
    expect(rows({ statements, usage })).toEqual([
      ['sqs', 1, IAM, '2025-12-24', '2024-12-01'],
      ['sns', 1, IAM, null, '2024-12-01'],
      ['s3', 1, 'granted', null, null],
    ]);
  });

  test('a role is tracked no longer than it is there', () => {
    const usage = { services: [service('sqs', used)] };
    const [row] = rowsOf({ statements, usage, created: '2025-11-11T00:00:00Z' });
    expect(row).toMatchObject({ tracked_since: new Date('2025-11-11T00:00:00Z'), tracked_until: REPORTED });
  });

  test('actions, of which nobody knows since when IAM tracks them', () => {
    const usage = { services: [service('sqs', used, ['SendMessage', 'CreateQueue', 'NotYetKnown'])] };
    expect(rows({ statements, usage }).filter(([name]) => `${name}`.includes(':'))).toEqual([
      ['sqs:SendMessage', 1, IAM, '2025-12-24', null],
      ['sqs:CreateQueue', 0, IAM, null, null],
      ['sqs:NotYetKnown', null, IAM, '2025-12-24', null],
    ]);
  });

  test('attempted is not used: where nothing is granted AWS refused', () => {
    const usage = { services: [service('sqs', used)] };
    expect(rows({ statements, usage, boundary: [allow('sns:*')] })[0]).toEqual(['sqs', 0, IAM, null, '2024-12-01']);
  });

  test('a service that only a wildcard over all services grants has a row of its own once it is reported', () => {
    const usage = { services: [service('sqs', null)] };
    expect(rows({ statements: [allow('*')], usage })).toEqual([
      ['sqs', sizeOf('sqs'), IAM, null, '2024-12-01'],
      ['*', sizeOf(...allBut('sqs')), 'granted', null, null],
    ]);
  });
});

describe('B4: no capability rests on an action that nobody knows', () => {
  test('every action that a capability asks for is in the catalogue, save for those that stand for any', () => {
    const known = new Set(knownActions.map(({ service, name }) => `${service}:${name}`));
    const asked = catalogue.flatMap(({ steps }) => steps.map(({ action }) => action));
    expect(asked.filter((action) => !known.has(action) && !action.endsWith(':AtAll'))).toEqual([]);
  });
});
