import { describe, expect, test } from 'vitest';
import type { CollectedFunctionUrl } from '../../analysis/collected.ts';
import {
  ACCOUNT,
  analyzed,
  coverage,
  document,
  FUNCTION_ARN,
  functionNamed,
  OTHER_ACCOUNT,
  REGION,
} from './given_account.ts';

const AT = { region: REGION, function_arn: FUNCTION_ARN, qualifier: null };
const READ = [coverage('functions'), coverage('function_policies'), coverage('function_urls')];

const url = (auth_type: string, created = '2024-05-01'): CollectedFunctionUrl => ({
  ...AT,
  auth_type,
  created_at: new Date(created),
});

const exposed = (
  statements: readonly object[] | string | null,
  urls: readonly CollectedFunctionUrl[] = [],
  read = READ,
) => {
  const text = typeof statements === 'string' ? statements : JSON.stringify(document(...(statements ?? [])));
  return analyzed({
    functions: [functionNamed('orders')],
    functionPolicies: statements === null ? [] : [{ ...AT, document: text }],
    functionUrls: urls,
    coverage: read,
  });
};
const isPublic = (...given: Parameters<typeof exposed>) => exposed(...given).functions[0]?.is_public;

const allow = (condition: object = {}, action = 'lambda:InvokeFunction', principal: unknown = '*') => ({
  Sid: 'one',
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: FUNCTION_ARN,
  Condition: condition,
});
const deny = (condition: object = {}) => ({ ...allow(condition, 'lambda:*'), Effect: 'Deny' });
const overUrl = allow({ StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }, 'lambda:InvokeFunctionUrl');
const viaUrl = allow({ Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } });

describe('A5: is_public, by a statement of the function policy', () => {
  const cases: readonly (readonly [string, readonly object[] | null, boolean])[] = [
    ['no policy at all', null, false],
    ['everybody, no condition', [allow()], true],
    ['everybody as AWS principal', [allow({}, 'lambda:InvokeFunction', { AWS: '*' })], true],
    ['everybody, any action of Lambda', [allow({}, 'lambda:*')], true],
    ['everybody, an action that does not invoke', [allow({}, 'lambda:GetFunction')], false],
    ['an account', [allow({}, 'lambda:InvokeFunction', { AWS: OTHER_ACCOUNT })], false],
    ['a service', [allow({}, 'lambda:InvokeFunction', { Service: 's3.amazonaws.com' })], false],
    ['from one account', [allow({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })], false],
    ['from one source', [allow({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } })], false],
    ['from any bucket', [allow({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })], true],
    [
      'from one account, if the key is there',
      [allow({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } })],
      true,
    ],
    ['one organization', [allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } })], false],
    ['any organization', [allow({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } })], true],
    ['all but one account', [allow({ StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } })], true],
    ['one VPC endpoint', [allow({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })], false],
    ['a range of addresses', [allow({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], false],
    ['all addresses', [allow({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } })], true],
    ['over TLS', [allow({ Bool: { 'aws:SecureTransport': 'true' } })], true],
    ['a header that anybody can send', [allow({ StringEquals: { 'aws:UserAgent': 'partner' } })], true],
    ['a skill’s secret', [allow({ StringEquals: { 'lambda:EventSourceToken': 'amzn1.ask.skill.x' } })], false],
    ['denied to all', [allow(), deny()], false],
    [
      'denied outside the organization',
      [allow(), deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } })],
      false,
    ],
    ['denied without TLS only', [allow(), deny({ Bool: { 'aws:SecureTransport': 'false' } })], true],
    [
      'everybody but one role, who is left out',
      [{ Effect: 'Allow', NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:role/r` }, Action: '*', Resource: '*' }],
      true,
    ],
  ];
  test.each(cases)('%s', (_name, statements, expected) => expect(isPublic(statements)).toBe(expected));
});

describe('A5: is_public, by a function URL', () => {
  const cases: readonly (readonly [string, readonly object[] | null, readonly CollectedFunctionUrl[], boolean])[] = [
    ['auth NONE without a policy', null, [url('NONE')], false],
    ['a policy for auth NONE without a URL', [overUrl], [], false],
    ['auth NONE and a policy for it', [overUrl], [url('NONE')], true],
    ['auth NONE and a policy without condition', [allow({}, 'lambda:InvokeFunctionUrl')], [url('NONE')], true],
    ['auth AWS_IAM and a policy for auth NONE', [overUrl], [url('AWS_IAM')], false],
    [
      'auth AWS_IAM and a policy for everybody with credentials',
      [allow({}, 'lambda:InvokeFunctionUrl')],
      [url('AWS_IAM')],
      true,
    ],
    ['since October 2025: one of two permissions', [overUrl], [url('NONE', '2025-11-02')], false],
    ['since October 2025: both permissions', [overUrl, viaUrl], [url('NONE', '2025-11-02')], true],
    ['since October 2025: the other permission only', [viaUrl], [url('NONE', '2025-11-02')], false],
    ['made nobody knows when: one of two permissions', [overUrl], [{ ...url('NONE'), created_at: null }], true],
    ['denied', [overUrl, deny()], [url('NONE')], false],
    [
      'denied to whom calls without TLS',
      [overUrl, deny({ Bool: { 'aws:SecureTransport': 'false' } })],
      [url('NONE')],
      true,
    ],
  ];
  test.each(cases)('%s', (_name, statements, urls, expected) => expect(isPublic(statements, urls)).toBe(expected));

  test('a URL of an alias goes by the policy of the alias', () => {
    const live = { ...url('NONE'), qualifier: 'live' };
    const given = (qualifier: string | null) =>
      analyzed({
        functions: [functionNamed('orders')],
        functionPolicies: [{ ...AT, qualifier, document: JSON.stringify(document(overUrl)) }],
        functionUrls: [live],
        coverage: READ,
      }).functions[0]?.is_public;
    expect(given('live')).toBe(true);
    expect(given(null)).toBe(false);
  });
});

describe('A4: what was not read is unknown, not closed', () => {
  const without = (resource: string, status: string) =>
    READ.map((row) => (row.resource === resource ? coverage(resource, status) : row));
  test.each(['function_policies', 'function_urls'])('%s denied', (resource) => {
    expect(isPublic(null, [], without(resource, 'denied'))).toBeNull();
  });
  test('no coverage at all', () => expect(isPublic(null, [], [])).toBeNull());
  test('coverage of another region', () =>
    expect(
      isPublic(
        null,
        [],
        READ.map((row) => ({ ...row, region: 'us-east-1' })),
      ),
    ).toBeNull());
  test('URLs denied, but the policy lets everybody in', () =>
    expect(isPublic([allow()], [], without('function_urls', 'denied'))).toBe(true));
  test('a policy that nobody can understand', () => {
    expect(isPublic('{')).toBeNull();
    expect(isPublic([{ Effect: 'Allow' }])).toBeNull();
  });
  test('a MicroVM, whose doors nobody read', () => {
    const microvm = { ...functionNamed('orders'), kind: 'microvm' };
    expect(analyzed({ functions: [microvm], coverage: READ }).functions[0]?.is_public).toBeNull();
  });
});

describe('A5: a row per trigger and invoker', () => {
  const other = `arn:aws:iam::${OTHER_ACCOUNT}:role/partner`;
  const crossAccount: readonly (readonly [string, object, boolean])[] = [
    ['a role of another account', allow({}, 'lambda:InvokeFunction', { AWS: other }), true],
    ['another account by its id', allow({}, 'lambda:InvokeFunction', { AWS: OTHER_ACCOUNT }), true],
    ['a role of this account', allow({}, 'lambda:InvokeFunction', { AWS: `arn:aws:iam::${ACCOUNT}:role/r` }), false],
    ['a service', allow({}, 'lambda:InvokeFunction', { Service: 'events.amazonaws.com' }), false],
    [
      'a service for another account',
      allow({ StringEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } }, 'lambda:InvokeFunction', {
        Service: 's3.amazonaws.com',
      }),
      true,
    ],
    [
      'a service for this account',
      allow({ StringEquals: { 'AWS:SourceAccount': ACCOUNT } }, 'lambda:InvokeFunction', {
        Service: 's3.amazonaws.com',
      }),
      false,
    ],
    ['everybody', allow(), true],
    ['everybody of the organization', allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } }), true],
    ['everybody of this account', allow({ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }), false],
    ['a Deny for another account', { ...allow({}, 'lambda:InvokeFunction', { AWS: other }), Effect: 'Deny' }, false],
  ];
  test.each(crossAccount)('is_cross_account: %s', (_name, statement, expected) => {
    expect(exposed([statement]).function_triggers[0]?.is_cross_account).toBe(expected);
  });

  test('of a statement', () => {
    const condition = { ArnLike: { 'AWS:SourceArn': ['arn:aws:s3:::a', 'arn:aws:s3:::b'] } };
    const statement = allow(condition, 'lambda:InvokeFunction', { Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] });
    expect(exposed([statement]).function_triggers).toEqual([
      {
        account_id: ACCOUNT,
        region: REGION,
        function_arn: FUNCTION_ARN,
        qualifier: null,
        statement_id: 'one',
        kind: 'resource_policy',
        effect: 'Allow',
        actions: ['lambda:InvokeFunction'],
        principal: '["s3.amazonaws.com","sns.amazonaws.com"]',
        source: '["arn:aws:s3:::a","arn:aws:s3:::b"]',
        condition: JSON.stringify(condition),
        is_public: false,
        is_cross_account: false,
      },
    ]);
  });

  test('of a URL; the statements that open it are public too, others are not', () => {
    const found = exposed([overUrl, allow({}, 'lambda:InvokeFunction', { AWS: OTHER_ACCOUNT })], [url('NONE')]);
    expect(found.function_triggers.map(({ kind, principal, is_public }) => [kind, principal, is_public])).toEqual([
      ['resource_policy', '*', true],
      ['resource_policy', OTHER_ACCOUNT, false],
      ['function_url', 'NONE', true],
    ]);
    expect(found.functions[0]?.url_auth_type).toBe('NONE');
  });

  test('of an event source mapping', () => {
    const source = `arn:aws:sqs:${REGION}:${OTHER_ACCOUNT}:jobs`;
    const found = analyzed({ eventSources: [{ ...AT, uuid: 'u-1', event_source_arn: source }] });
    expect(found.function_triggers).toMatchObject([
      {
        kind: 'event_source_mapping',
        statement_id: 'u-1',
        source,
        principal: null,
        is_public: false,
        is_cross_account: true,
      },
    ]);
  });

  test('of several URLs the open one is told', () => {
    const urls = [{ ...url('AWS_IAM'), qualifier: 'live' }, url('NONE')];
    expect(exposed(null, urls).functions[0]?.url_auth_type).toBe('NONE');
    expect(exposed(null, urls.slice(0, 1)).functions[0]?.url_auth_type).toBe('AWS_IAM');
    expect(exposed(null).functions[0]?.url_auth_type).toBeNull();
  });
});
