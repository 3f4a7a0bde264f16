import { describe, expect, test } from 'vitest';
import type { Surroundings } from '../../analysis/surroundings.ts';
import { ACCOUNT, analyzed, document, OTHER_ACCOUNT, role } from './given_account.ts';

const OUTSIDE = '999900009999';
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

type Said = Readonly<Record<string, unknown>>;

const edges = (
  statements: readonly Said[] | string,
  members: readonly string[] | null = [ACCOUNT, OTHER_ACCOUNT],
  organization: Surroundings['organization'] = null,
) =>
  analyzed(
    { roles: [role('r', typeof statements === 'string' ? statements : document(...statements))] },
    { members, organization },
  ).trust_edges;
const allow = (principal: unknown, condition?: Said, action: unknown = 'sts:AssumeRole'): Said => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...(condition === undefined ? {} : { Condition: condition }),
});
const deny = (principal: unknown, condition?: Said): Said => ({ ...allow(principal, condition), Effect: 'Deny' });
const aws = (...values: readonly string[]) => ({ AWS: values });
const root = (account: string) => `arn:aws:iam::${account}:root`;
const externalId = { StringEquals: { 'sts:ExternalId': 'x7' } };

describe('B6: whom a role lets in', () => {
  const kinds: readonly (readonly [string, Said, readonly string[]])[] = [
    ['a service', allow({ Service: 'ec2.amazonaws.com' }), ['service ec2.amazonaws.com']],
    ['the account itself', allow(aws(root(ACCOUNT))), [`account ${root(ACCOUNT)}`]],
    ['a bare account id', allow(aws(OTHER_ACCOUNT)), [`account ${OTHER_ACCOUNT} crosses`]],
    [
      'a principal of another account',
      allow(aws(`arn:aws:iam::${OTHER_ACCOUNT}:role/hop`)),
      [`principal arn:aws:iam::${OTHER_ACCOUNT}:role/hop crosses`],
    ],
    ['one that is gone', allow(aws('AROAEXAMPLE')), ['principal AROAEXAMPLE']],
    ['an account outside', allow(aws(root(OUTSIDE))), [`account ${root(OUTSIDE)} crosses outside no_external_id`]],
    ['several', allow(aws(ACCOUNT, OTHER_ACCOUNT)), [`account ${ACCOUNT}`, `account ${OTHER_ACCOUNT} crosses`]],
    ['anyone', allow('*'), ['anyone * crosses outside wildcard']],
    [
      'anyone but one',
      { Effect: 'Allow', NotPrincipal: aws(OUTSIDE), Action: 'sts:AssumeRole' },
      [`anyone all but ${OUTSIDE} crosses outside wildcard`],
    ],
    [
      'a SAML provider',
      allow({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/SSO` }, undefined, 'sts:AssumeRoleWithSAML'),
      [`federated arn:aws:iam::${ACCOUNT}:saml-provider/SSO`],
    ],
    [
      'a SAML provider by the action of another kind: nobody',
      allow({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/SSO` }),
      [],
    ],
    ['only to tag sessions: nobody', allow(aws(OUTSIDE), undefined, 'sts:TagSession'), []],
    ['all of sts', allow(aws(OTHER_ACCOUNT), undefined, ['STS:*']), [`account ${OTHER_ACCOUNT} crosses`]],
    ['a kind that no trust policy has', allow({ CanonicalUser: 'f00' }), ['unknown f00 crosses ? unreadable']],
  ];
  const words = (statements: readonly Said[] | string, members?: readonly string[] | null) =>
    edges(statements, members).map((edge) =>
      [
        edge.trusted_kind,
        edge.trusted,
        edge.is_cross_account && 'crosses',
        edge.is_outside_org === null ? '?' : edge.is_outside_org && 'outside',
        edge.has_external_id && 'with external id',
        edge.problem,
      ]
        .filter(Boolean)
        .join(' '),
    );

  test.each(kinds)('%s', (_name, statement, expected) => expect(words([statement])).toEqual(expected));

  test('the same party twice under the same condition is one edge, under another it is two', () => {
    expect(edges([allow(aws(OUTSIDE)), allow(aws(OUTSIDE))])).toHaveLength(1);
    expect(edges([allow(aws(OUTSIDE)), allow(aws(OUTSIDE), externalId)]).map(({ condition }) => condition)).toEqual([
      null,
      JSON.stringify(externalId),
    ]);
  });

  test('nobody can tell: a statement or document that cannot be read, a policy that was not read', () => {
    expect(words([{ Effect: 'Allow' }])).toEqual(['unknown statement 0 crosses ? unreadable']);
    expect(words('{')).toEqual(['unknown statement 0 crosses ? unreadable']);
    expect(analyzed({ roles: [role('r', null)] }).trust_edges).toMatchObject([{ problem: 'unreadable' }]);
  });

  test('an organization that was not read: whether it is outside is unknown, and the missing ExternalId still told', () => {
    expect(words([allow(aws(OTHER_ACCOUNT))], null)).toEqual([`account ${OTHER_ACCOUNT} crosses ? no_external_id`]);
    expect(words([allow(aws(ACCOUNT))], null)).toEqual([`account ${ACCOUNT}`]);
  });
});

describe('B6: Deny takes away', () => {
  const count = (...statements: readonly Said[]) => edges(statements).length;

  test('by the same name, by the account, everybody', () => {
    const hop = `arn:aws:iam::${OTHER_ACCOUNT}:role/hop`;
    expect(count(allow(aws(hop)), deny(aws(hop)))).toBe(0);
    expect(count(allow(aws(hop)), deny(aws(root(OTHER_ACCOUNT))))).toBe(0);
    expect(count(allow({ Service: 'ec2.amazonaws.com' }), deny('*'))).toBe(0);
    expect(count(allow(aws(hop)), { Effect: 'Deny', NotPrincipal: aws(OUTSIDE), Action: 'sts:*' })).toBe(0);
  });

  test('not of others, nor of another action, nor on a condition', () => {
    const hop = allow(aws(`arn:aws:iam::${OTHER_ACCOUNT}:role/hop`));
    expect(count(hop, deny(aws(root(OUTSIDE))))).toBe(1);
    expect(count(hop, deny({ Service: '*' }))).toBe(1);
    expect(count(hop, { ...deny('*'), Action: 'sts:TagSession' })).toBe(1);
    expect(count(hop, deny('*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }))).toBe(1);
    expect(count(hop, { Effect: 'Deny', NotPrincipal: aws(root(OTHER_ACCOUNT)), Action: 'sts:*' })).toBe(1);
    expect(count(allow(aws(OTHER_ACCOUNT)), deny(aws(`arn:aws:iam::${OTHER_ACCOUNT}:role/hop`)))).toBe(1);
  });
});

describe('B6: what a trust asks for', () => {
  const outside = aws(root(OUTSIDE));
  const subject = (value: string, operator = 'StringEquals') => ({
    [operator]: { 'token.actions.githubusercontent.com:sub': value },
  });
  const byToken = (condition?: Said) => allow({ Federated: GITHUB }, condition, 'sts:AssumeRoleWithWebIdentity');
  const byLambda = (condition?: Said) => allow({ Service: 'lambda.amazonaws.com' }, condition);

  const cases: readonly (readonly [string, readonly Said[], string | null])[] = [
    ['ExternalId', [allow(outside, externalId)], null],
    [
      'ExternalId by a Deny of all others',
      [allow(outside), deny('*', { StringNotEquals: externalId.StringEquals })],
      null,
    ],
    ['any ExternalId', [allow(outside, { StringLike: { 'sts:ExternalId': '*' } })], 'no_external_id'],
    [
      'ExternalId if there is one',
      [allow(outside, { StringEqualsIfExists: externalId.StringEquals })],
      'no_external_id',
    ],
    ['something else than ExternalId', [allow(outside, { Bool: { 'aws:SecureTransport': 'true' } })], 'no_external_id'],
    ['of anyone, an ExternalId', [allow('*', externalId)], 'wildcard'],
    ['of anyone, the organization', [allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } })], null],
    ['of anyone, the account', [allow('*', { StringEquals: { 'aws:PrincipalAccount': OTHER_ACCOUNT } })], null],
    [
      'of anyone, the organization by a Deny',
      [allow('*'), deny('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } })],
      null,
    ],
    [
      'of anyone, a role of one account',
      [allow('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER_ACCOUNT}:role/*` } })],
      null,
    ],
    [
      'of anyone, a role’s name in any account',
      [allow('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy-*' } })],
      'wildcard',
    ],
    ['a subject', [byToken(subject('repo:ours/app:ref:refs/heads/main'))], null],
    ['a subject of ours', [byToken(subject('repo:ours/*', 'StringLike'))], null],
    ['any repository', [byToken(subject('repo:*', 'StringLike'))], 'no_subject'],
    [
      'the audience only',
      [byToken({ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } })],
      'no_subject',
    ],
    ['nothing of a token', [byToken()], 'no_subject'],
    [
      'users of any application of a provider that AWS knows by itself',
      [allow({ Federated: 'accounts.google.com' }, undefined, 'sts:AssumeRoleWithWebIdentity')],
      'no_subject',
    ],
    [
      'any pool of Cognito',
      [
        allow(
          { Federated: 'cognito-identity.amazonaws.com' },
          { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
          'sts:AssumeRoleWithWebIdentity',
        ),
      ],
      'no_subject',
    ],
    [
      'one pool of Cognito',
      [
        allow(
          { Federated: 'cognito-identity.amazonaws.com' },
          { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:11111111-aaaa-bbbb-cccc-222222222222' } },
          'sts:AssumeRoleWithWebIdentity',
        ),
      ],
      null,
    ],
    ['nothing of Lambda', [byLambda()], 'no_source_account'],
    ['the source account', [byLambda({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })], null],
    ['the function', [byLambda({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${ACCOUNT}:function:*` } })], null],
    [
      'any function',
      [byLambda({ ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:*' } })],
      'no_source_account',
    ],
    ['nothing of another service', [allow({ Service: 'ec2.amazonaws.com' })], null],
  ];
  test.each(cases)('%s', (_name, statements, problem) =>
    expect(edges(statements).map((edge) => edge.problem)).toEqual([problem]),
  );

  test('of anyone, accounts of the organization or others: inside, outside, or unknown', () => {
    const pinned = (account: string, members?: readonly string[] | null) =>
      edges([allow('*', { StringEquals: { 'aws:PrincipalAccount': account } })], members)[0]?.is_outside_org;
    expect([pinned(OTHER_ACCOUNT), pinned(OUTSIDE), pinned(OTHER_ACCOUNT, null)]).toEqual([false, true, null]);
    expect(edges([allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-x' } })])[0]?.is_outside_org).toBeNull();
  });

  const equals = (values: unknown, operator = 'StringEquals', key = 'ID') => ({
    [operator]: { [`aws:PrincipalOrg${key}`]: values },
  });
  const byOrganization: readonly (readonly [string, readonly Said[], boolean | null, string | null])[] = [
    ['ours', [allow('*', equals('o-ours'))], false, null],
    ['another', [allow('*', equals('o-else'))], true, null],
    ['ours and another', [allow('*', equals(['o-ours', 'o-else']))], true, null],
    ['a unit of ours', [allow('*', equals('o-ours/r-1/*', 'ForAnyValue:StringLike', 'Paths'))], false, null],
    ['all but ours by a Deny', [allow('*'), deny('*', equals('o-ours', 'StringNotEquals'))], false, null],
    ['not ours', [allow('*', equals('o-ours', 'StringNotEquals'))], true, 'wildcard'],
    ['ours, or none at all', [allow('*', equals('o-ours', 'StringEqualsIfExists'))], true, 'wildcard'],
    [
      'ours, of an account that is not',
      [allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours', 'aws:PrincipalAccount': OUTSIDE } })],
      true,
      null,
    ],
    ['an account outside, as far as it is in ours', [allow(aws(root(OUTSIDE)), equals('o-ours'))], false, null],
    ['an account outside, in another', [allow(aws(root(OUTSIDE)), equals('o-else'))], true, 'no_external_id'],
  ];
  test.each(byOrganization)(
    'members of an organization, where ours is known: %s',
    (_name, statements, outside, problem) =>
      expect(
        edges(statements, undefined, { id: 'o-ours', path: null }).map((edge) => [edge.is_outside_org, edge.problem]),
      ).toEqual([[outside, problem]]),
  );
});
