import { describe, expect, test } from 'vitest';
import { brokenUses } from '../../analysis/broken_uses.ts';
import { type Cap, capped, changesBetween, type Situation } from '../../analysis/what_if.ts';
import { ACCOUNT, account, attachment, document, functionNamed, policy, role, user } from './given_account.ts';

const APP = `arn:aws:iam::${ACCOUNT}:role/app`;
const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const reading = document({ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 's3:*'], Resource: '*' });
const deploying = document({ Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: '*' });

/** A user who may change the code of a function whose role reads secrets and objects. */
const given = (around: Partial<Situation['surroundings']> = {}): Situation => ({
  surroundings: {
    controlPolicies: [],
    covered: true,
    isManagement: false,
    members: [ACCOUNT],
    organization: null,
    ...around,
  },
  collected: account({
    roles: [role('app')],
    users: [user('ann')],
    functions: [{ ...functionNamed('orders'), role_arn: APP }],
    policies: [policy('read', reading), policy('deploy', deploying)],
    policyAttachments: [attachment(APP, 'read'), attachment(ANN, 'deploy')],
  }),
});
const cap = (kind: Cap['kind'], ...statements: readonly object[]): Cap => ({
  kind,
  name: 'cap.json',
  text: JSON.stringify(document(...statements)),
});
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const NO_SECRETS = { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' };

const changes = (one: Cap, only: string | null = null, before = given()) =>
  changesBetween(before, capped(before, one, only)).map(({ principal_arn, kind, subject, after }) =>
    [principal_arn.split('/')[1], kind, subject, after].join(' '),
  );

describe('B3: what one more cap changes', () => {
  test('a cap that lets everything through changes nothing', () => {
    expect(changes(cap('boundary', EVERYTHING))).toEqual([]);
    expect(changes(cap('scp', EVERYTHING))).toEqual([]);
  });

  test('an SCP that only denies takes away what it denies, and nothing else', () => {
    expect(changes(cap('scp', NO_SECRETS))).toEqual(['app capability read_secrets none']);
  });

  test('an SCP that allows a list takes away all else, and the path that hangs on it', () => {
    const found = changes(cap('scp', { Effect: 'Allow', Action: 's3:*', Resource: '*' }));
    expect(found).toContain('app capability read_secrets none');
    expect(found).toContain('ann capability update_function_code none');
    expect(found).toContain(`ann path UpdateFunctionCode to ${APP} none`);
  });

  test('SCPs do not bind the management account', () => {
    expect(changes(cap('scp', NO_SECRETS), null, given({ isManagement: true }))).toEqual([]);
  });

  test('a boundary caps each role and user, or only the one that is named', () => {
    const boundary = cap('boundary', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
    expect(changes(boundary)).toContain('ann capability update_function_code none');
    expect(changes(boundary, APP)).toContain('app capability read_secrets none');
    expect(changes(boundary, APP)).not.toContain('ann capability update_function_code none');
  });

  test('a boundary takes the place of the one that was there, and may widen', () => {
    const before = given();
    const narrow = capped(before, cap('boundary', { Effect: 'Allow', Action: 's3:*', Resource: '*' }), null);
    const wide = capped(narrow, { ...cap('boundary', EVERYTHING), name: 'wide.json' }, null);
    expect(changesBetween(before, wide)).toEqual([]);
  });

  test('a service-linked role takes no boundary', () => {
    const before = given();
    const collected = { ...before.collected, roles: [{ ...role('app'), is_service_linked: true }] };
    const found = changes(cap('boundary', NO_SECRETS), null, { ...before, collected });
    expect(found.filter((line) => line.startsWith('app '))).toEqual([]);
  });
});

describe('B7: what is used and would break', () => {
  const use = (service: string, action: string | null = null) => ({
    ...{ account_id: ACCOUNT, region: 'global', role_arn: APP, service, action, source: 'service_last_accessed' },
    ...{ granted_actions: null, granted_write_actions: null, wildcard: null, unknown_actions: [] },
    ...{ last_used_at: new Date('2026-01-01T00:00:00Z'), tracked_since: null, tracked_until: null },
  });
  const broken = (one: Cap, ...used: Parameters<typeof brokenUses>[2]) =>
    brokenUses(given(), capped(given(), one, null), used).map(({ subject, after }) => `${subject} ${after}`);

  test.each([
    ['a service of which nothing is left', use('secretsmanager'), ['secretsmanager denied']],
    ['a service of which something is left', use('s3'), ['s3 denied in part']],
    ['an action that is denied', use('s3', 'DeleteObject'), ['s3:DeleteObject denied']],
    ['an action that is not', use('s3', 'GetObject'), []],
    ['a service that the catalogue does not know', use('quantum'), ['quantum unknown']],
    ['what was tracked and not used', { ...use('s3'), last_used_at: null }, []],
    ['what nobody tracked', { ...use('s3'), last_used_at: null, source: 'granted' }, ['* unknown']],
    ['what another role used, one that is no more', { ...use('s3'), role_arn: `${APP}-2` }, ['* unknown']],
  ])('%s', (_name, used, expected) => {
    expect(broken(cap('scp', NO_SECRETS, { ...NO_SECRETS, Action: 's3:Delete*' }), used)).toEqual(expected);
  });

  test('nothing, when the cap lets it through', () => {
    expect(broken(cap('boundary', EVERYTHING), use('s3'), use('secretsmanager'))).toEqual([]);
  });
});
