import { describe, expect, test } from 'vitest';
import { subjectOf } from '../../analysis/principal.ts';
import { requestContext } from '../../analysis/request.ts';
import { account, attachment, document, policy, role, user } from './given_account.ts';

const AROUND = { controlPolicies: [], covered: true, isManagement: false, members: null };
const OURS = { id: 'o-ours', path: 'o-ours/r-1/' };
const trust = (...actions: readonly string[]) =>
  document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: actions });
const team = '{"Team":"blue"}';

/** What is known of every request of a principal; undefined when nobody knows. */
function known(key: string, given: Parameters<typeof account>[0], organization: typeof OURS | null = null) {
  const arn = [...(given.roles ?? []), ...(given.users ?? [])][0]!.arn;
  const { requester } = subjectOf(account(given), { ...AROUND, organization }, arn)!;
  const asked = { requester, action: 's3:GetObject', resource: '*', resourceAccount: null, since: null };
  return requestContext({ ...asked, resourceInManagementAccount: false, context: new Map() }).get(key);
}

describe('B3: tags of a principal, by the page Pass session tags in AWS STS', () => {
  const tagged = (...actions: readonly string[]) => ({ roles: [{ ...role('r', trust(...actions)), tags: team }] });

  test('a role that nobody can tag sessions of has its own, and no others', () => {
    expect(known('aws:principaltag/team', tagged('sts:AssumeRole'))).toEqual(['blue']);
    expect(known('aws:principaltag/*', tagged('sts:AssumeRole'))).toBeNull();
    expect(known('aws:principaltag/*', { roles: [role('r')] })).toBeNull();
  });

  test.each([['sts:TagSession'], ['sts:*'], ['sts:Tag*']])(
    'sessions bring their own where the trust names %s',
    (action) => {
      expect(known('aws:principaltag/team', tagged('sts:AssumeRole', action))).toBeUndefined();
      expect(known('aws:principaltag/*', tagged('sts:AssumeRole', action))).toBeUndefined();
    },
  );

  test('nobody can tell without the trust policy, or where it is not understood', () => {
    expect(known('aws:principaltag/*', { roles: [role('r', null)] })).toBeUndefined();
    expect(known('aws:principaltag/*', { roles: [role('r', document({ Effect: 'Perhaps' }))] })).toBeUndefined();
  });

  const ann = { ...user('ann'), tags: team };
  const allowed = (...actions: readonly string[]) => ({
    users: [ann],
    policies: [policy('p', document({ Effect: 'Allow', Action: actions, Resource: '*' }))],
    policyAttachments: [attachment(ann.arn, 'p')],
  });

  test('a user has its own, unless it may ask for a federated session with tags', () => {
    expect(known('aws:principaltag/team', { users: [ann] })).toEqual(['blue']);
    expect(known('aws:principaltag/team', allowed('sts:GetFederationToken'))).toEqual(['blue']);
    expect(known('aws:principaltag/team', allowed('sts:GetFederationToken', 'sts:TagSession'))).toBeUndefined();
    expect(known('aws:principaltag/team', allowed('*'))).toBeUndefined();
  });
});

describe('B3: the organization of a principal, by the page AWS global condition context keys', () => {
  test('its id and place are known where the account was listed', () => {
    expect(known('aws:principalorgid', { roles: [role('r')] }, OURS)).toEqual(['o-ours']);
    expect(known('aws:principalorgpaths', { users: [user('ann')] }, OURS)).toEqual(['o-ours/r-1/']);
  });

  test('nobody knows where it was not', () =>
    expect(known('aws:principalorgid', { roles: [role('r')] })).toBeUndefined());
});
