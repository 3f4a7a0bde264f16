import type { Evaluation } from '../../../analysis/evaluate.ts';
import type { Layer } from '../../../analysis/hearing.ts';
import type { RequesterKind } from '../../../analysis/request.ts';
import { ACCOUNT, OTHER_ACCOUNT } from '../given_account.ts';
import type { GivenPolicies, Said } from '../given_policies.ts';

export interface Given extends GivenPolicies {
  readonly as?: RequesterKind;
  readonly session?: string;
  readonly serviceLinked?: boolean;
  readonly managementAccount?: boolean;
  readonly does?: string;
  readonly on?: string;
  readonly of?: string;
  readonly resourceInManagementAccount?: boolean;
  readonly knowing?: Readonly<Record<string, string | readonly string[] | null>>;
}

export type EvaluationCase = readonly [
  name: string,
  given: Given,
  decision: Evaluation['decision'],
  lacks?: readonly Layer[],
];

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
export const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const OBJECT = 'arn:aws:s3:::bucket/file';
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
const TARGET = `arn:aws:iam::${ACCOUNT}:role/target`;

const READ = { Action: 's3:GetObject' };
const DENY = { Effect: 'Deny', Action: 's3:GetObject' };
const ALL = { Action: '*' };
const when = (condition: object, said: Said = READ): Said => ({ ...said, Condition: condition });
const OPEN = { StringEquals: { 'aws:RequestTag/x': 'y' } };
const to = (principal: unknown, said: Said = READ): Said => ({ ...said, Principal: principal });
const but = (principal: unknown, said: Said): Said => ({ ...said, NotPrincipal: principal });
const UNCLEAR = { Effect: 'Perhaps', Action: '*' };

/** Cases written from AWS's documentation, by the page that says so. */
export const evaluationCases: Readonly<Record<string, readonly EvaluationCase[]>> = {
  'How AWS enforcement code logic evaluates requests': [
    ['nothing allows', {}, 'denied', ['identity']],
    ['an Allow', { identity: [READ] }, 'allowed'],
    ['an Allow of something else', { identity: [{ Action: 's3:PutObject' }] }, 'denied', ['identity']],
    ['an explicit Deny beats an Allow', { identity: [READ, DENY] }, 'denied', []],
    ['order does not matter', { identity: [DENY, READ] }, 'denied', []],
    ['a Deny of something else', { identity: [READ, { Effect: 'Deny', Action: 's3:PutObject' }] }, 'allowed'],
    ['a Deny in the boundary', { identity: [READ], boundary: [ALL, DENY] }, 'denied', []],
    ['a Deny in the session policy', { identity: [READ], sessionPolicy: [ALL, DENY] }, 'denied', []],
    ['a Deny in an SCP', { identity: [READ], scps: [[ALL, DENY]] }, 'denied', []],
    ['a Deny in an RCP', { identity: [READ], rcps: [[ALL, DENY]] }, 'denied', []],
    ['a Deny in the resource policy', { identity: [READ], resource: [to('*', DENY)] }, 'denied', []],
    ['an Allow on a condition that nobody knows', { identity: [when(OPEN)] }, 'conditional'],
    ['a Deny on a condition that nobody knows', { identity: [READ, when(OPEN, DENY)] }, 'conditional'],
    ['a Deny on a condition, without any Allow', { identity: [when(OPEN, DENY)] }, 'denied', ['identity']],
    ['a certain Deny and an open one', { identity: [READ, DENY, when(OPEN, DENY)] }, 'denied', []],
    ['a certain Allow and an open one', { identity: [READ, when(OPEN)] }, 'allowed'],
    ['a statement that nobody understands', { identity: [UNCLEAR] }, 'conditional'],
    ['the same beside an Allow: it may deny', { identity: [READ, UNCLEAR] }, 'conditional'],
    ['the same beside a Deny', { identity: [UNCLEAR, DENY] }, 'denied', []],
    ['root of the account needs no Allow', { as: 'root' }, 'allowed'],
    ['root is bound by the resource policy', { as: 'root', resource: [to('*', DENY)] }, 'denied', []],
  ],
  'IAM JSON policy elements: Action, NotAction': [
    ['case does not matter', { identity: [{ Action: 'S3:getobject' }] }, 'allowed'],
    ['a wildcard', { identity: [{ Action: 's3:Get*' }] }, 'allowed'],
    ['a wildcard for one sign', { identity: [{ Action: 's3:GetObjec?' }] }, 'allowed'],
    ['a wildcard that stops short', { identity: [{ Action: 's3:GetObject?' }] }, 'denied'],
    ['all of another service', { identity: [{ Action: 's3-object-lambda:*' }] }, 'denied'],
    ['one of a list', { identity: [{ Action: ['s3:PutObject', 's3:GetObject'] }] }, 'allowed'],
    ['NotAction of another', { identity: [{ NotAction: 'iam:*' }] }, 'allowed'],
    ['NotAction of this', { identity: [{ NotAction: ['iam:*', 's3:*'] }] }, 'denied'],
    ['NotAction matches without case', { identity: [{ NotAction: 'S3:GETOBJECT' }] }, 'denied'],
    ['Deny NotAction of this', { identity: [READ, { Effect: 'Deny', NotAction: 's3:GetObject' }] }, 'allowed'],
    ['Deny NotAction of another', { identity: [READ, { Effect: 'Deny', NotAction: 'iam:*' }] }, 'denied'],
  ],
  'IAM JSON policy elements: Resource, NotResource': [
    ['the resource', { identity: [{ ...READ, Resource: OBJECT }] }, 'allowed'],
    ['another resource', { identity: [{ ...READ, Resource: 'arn:aws:s3:::other/*' }] }, 'denied'],
    ['case matters', { identity: [{ ...READ, Resource: 'arn:aws:s3:::Bucket/*' }] }, 'denied'],
    ['a wildcard', { identity: [{ ...READ, Resource: 'arn:aws:s3:::*/f?le' }] }, 'allowed'],
    [
      'one of a list',
      { identity: [{ ...READ, Resource: ['arn:aws:s3:::other/*', 'arn:aws:s3:::bucket/*'] }] },
      'allowed',
    ],
    ['the bucket is not its objects', { identity: [{ ...READ, Resource: 'arn:aws:s3:::bucket' }] }, 'denied'],
    ['NotResource of another', { identity: [{ ...READ, NotResource: 'arn:aws:s3:::other/*' }] }, 'allowed'],
    ['NotResource of this', { identity: [{ ...READ, NotResource: 'arn:aws:s3:::bucket/*' }] }, 'denied'],
    [
      'Deny NotResource: all but this',
      { identity: [READ, { ...DENY, NotResource: 'arn:aws:s3:::bucket/*' }] },
      'allowed',
    ],
    [
      'an action without resources asks for `*`',
      { does: 's3:ListAllMyBuckets', on: '*', identity: [{ ...ALL, Resource: 'arn:aws:s3:::*' }] },
      'denied',
    ],
    ['and `*` allows it', { does: 's3:ListAllMyBuckets', on: '*', identity: [ALL] }, 'allowed'],
  ],
  'IAM policy elements: Variables and tags': [
    [
      'the own user name',
      {
        as: 'user',
        on: 'arn:aws:s3:::home/ann',
        identity: [{ ...READ, Resource: 'arn:aws:s3:::home/${aws:username}' }],
      },
      'allowed',
    ],
    [
      'another user name',
      {
        as: 'user',
        on: 'arn:aws:s3:::home/bob',
        identity: [{ ...READ, Resource: 'arn:aws:s3:::home/${aws:username}' }],
      },
      'denied',
    ],
    [
      'a role has no user name',
      { on: 'arn:aws:s3:::home/ann', identity: [{ ...READ, Resource: 'arn:aws:s3:::home/${aws:username}' }] },
      'denied',
    ],
    [
      'a tag that nobody knows',
      { identity: [{ ...READ, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }] },
      'conditional',
    ],
    [
      'a tag',
      {
        knowing: { 'aws:PrincipalTag/team': 'bucket' },
        identity: [{ ...READ, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }],
      },
      'allowed',
    ],
    [
      'NotResource with a tag that nobody knows',
      { identity: [{ ...READ, NotResource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }] },
      'conditional',
    ],
  ],
  'AWS global condition context keys: what follows from the requester': [
    [
      'aws:PrincipalArn is the role, not its session',
      { session: SESSION, identity: [when({ ArnEquals: { 'aws:PrincipalArn': ROLE } })] },
      'allowed',
    ],
    ['aws:PrincipalArn of another role', { identity: [when({ ArnEquals: { 'aws:PrincipalArn': TARGET } })] }, 'denied'],
    ['aws:PrincipalAccount', { identity: [when({ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } })] }, 'allowed'],
    ['aws:ResourceAccount', { identity: [when({ StringEquals: { 'aws:ResourceAccount': OTHER_ACCOUNT } })] }, 'denied'],
    [
      'aws:ResourceAccount is the own account',
      { identity: [READ, when({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }, DENY)] },
      'allowed',
    ],
    [
      'aws:PrincipalType',
      { as: 'user', identity: [when({ StringEquals: { 'aws:PrincipalType': 'User' } })] },
      'allowed',
    ],
    [
      'aws:PrincipalIsAWSService',
      { identity: [READ, when({ Bool: { 'aws:PrincipalIsAWSService': 'false' } }, DENY)] },
      'denied',
      [],
    ],
    [
      'aws:PrincipalOrgID, when it is known',
      { knowing: { 'aws:PrincipalOrgID': 'o-1' }, identity: [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })] },
      'allowed',
    ],
    [
      'aws:PrincipalOrgID, when nobody knows',
      { identity: [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })] },
      'conditional',
    ],
    [
      'aws:TokenIssueTime of sessions revoked in the past',
      { identity: [READ, when({ DateLessThan: { 'aws:TokenIssueTime': '2025-12-01T00:00:00Z' } }, DENY)] },
      'allowed',
    ],
    [
      'aws:CurrentTime after a grant has ended',
      { identity: [when({ DateLessThan: { 'aws:CurrentTime': '2025-12-01T00:00:00Z' } })] },
      'denied',
    ],
    [
      'aws:CurrentTime before a grant ends',
      { identity: [when({ DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })] },
      'conditional',
    ],
  ],
  'Permissions boundaries for IAM entities': [
    ['both allow', { identity: [READ], boundary: [{ Action: 's3:*' }] }, 'allowed'],
    ['the boundary alone gives nothing', { boundary: [ALL] }, 'denied', ['identity']],
    ['the boundary does not allow', { identity: [READ], boundary: [{ Action: 'sqs:*' }] }, 'denied', ['boundary']],
    ['neither does', { boundary: [{ Action: 'sqs:*' }] }, 'denied', ['identity', 'boundary']],
    ['the boundary allows on an open condition', { identity: [READ], boundary: [when(OPEN)] }, 'conditional'],
    ['the boundary was not understood', { identity: [READ], boundary: [UNCLEAR] }, 'conditional'],
    [
      'the boundary allows another resource',
      { identity: [READ], boundary: [{ ...READ, Resource: 'arn:aws:s3:::other/*' }] },
      'denied',
      ['boundary'],
    ],
    [
      'boundary and SCP: all three must allow',
      { identity: [READ], boundary: [ALL], scps: [[{ Action: 'sqs:*' }]] },
      'denied',
      ['scp'],
    ],
  ],
  'Session policies': [
    ['both allow', { identity: [READ], sessionPolicy: [READ] }, 'allowed'],
    ['the session policy alone gives nothing', { sessionPolicy: [ALL] }, 'denied', ['identity']],
    [
      'the session policy does not allow',
      { identity: [READ], sessionPolicy: [{ Action: 'sqs:*' }] },
      'denied',
      ['session'],
    ],
    ['boundary and session policy', { identity: [READ], boundary: [READ], sessionPolicy: [READ] }, 'allowed'],
  ],
  'Service control policies: SCP evaluation': [
    ['an Allow at every level', { identity: [READ], scps: [[ALL], [ALL], [{ Action: 's3:*' }]] }, 'allowed'],
    ['no Allow at one level', { identity: [READ], scps: [[ALL], [{ Action: 'sqs:*' }], [ALL]] }, 'denied', ['scp']],
    [
      'a level that only denies something else',
      { identity: [READ], scps: [[ALL], [{ Effect: 'Deny', Action: 'sqs:*' }]] },
      'denied',
      ['scp'],
    ],
    [
      'two statements of one level add up',
      { identity: [READ], scps: [[{ Action: 'sqs:*' }, { Action: 's3:*' }]] },
      'allowed',
    ],
    ['no organization', { identity: [READ], scps: [] }, 'allowed'],
    ['an SCP gives nothing', { scps: [[ALL]] }, 'denied', ['identity']],
    ['a Deny at the root', { identity: [READ], scps: [[ALL, DENY], [ALL]] }, 'denied', []],
    [
      'a Deny with a NotAction',
      { identity: [READ], scps: [[ALL, { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'] }]] },
      'denied',
      [],
    ],
    [
      'a Deny outside regions that nobody knows',
      { identity: [READ], scps: [[ALL, when({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, DENY)]] },
      'conditional',
    ],
    [
      'a Deny outside a known region',
      {
        knowing: { 'aws:RequestedRegion': 'eu-west-1' },
        identity: [READ],
        scps: [[ALL, when({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, DENY)]],
      },
      'allowed',
    ],
    [
      'a Deny that spares a role',
      {
        identity: [READ],
        scps: [[ALL, when({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, DENY)]],
      },
      'allowed',
    ],
    ['a policy that was not understood', { identity: [READ], scps: [[ALL], [UNCLEAR]] }, 'conditional'],
    ['SCPs bind root users', { as: 'root', scps: [[ALL, DENY]] }, 'denied', []],
    [
      'SCPs bind grants by resource policies too',
      { as: 'user', resource: [to({ AWS: USER })], scps: [[{ Action: 'sqs:*' }]] },
      'denied',
      ['scp'],
    ],
  ],
  'Service control policies: Tasks and entities not restricted by SCPs': [
    ['the management account', { managementAccount: true, identity: [READ], scps: [[DENY]] }, 'allowed'],
    ['a service-linked role', { serviceLinked: true, identity: [READ], scps: [[DENY]] }, 'allowed'],
    ['a service', { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })], scps: [[DENY]] }, 'allowed'],
  ],
  'Resource control policies': [
    ['an Allow at every level', { identity: [READ], rcps: [[ALL], [ALL]] }, 'allowed'],
    ['no Allow at one level', { identity: [READ], rcps: [[ALL], [{ Action: 'sqs:*' }]] }, 'denied', ['rcp']],
    [
      'a Deny outside the organization, requester of nobody knows which',
      { identity: [READ], rcps: [[ALL, when({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, DENY)]] },
      'conditional',
    ],
    [
      'a Deny outside the organization, requester inside',
      {
        knowing: { 'aws:PrincipalOrgID': 'o-1' },
        identity: [READ],
        rcps: [[ALL, when({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, DENY)]],
      },
      'allowed',
    ],
    [
      'a service that does not know RCPs',
      {
        does: 'sns:Publish',
        on: `arn:aws:sns:eu-west-1:${ACCOUNT}:t`,
        identity: [ALL],
        rcps: [[{ Effect: 'Deny', Action: '*' }]],
      },
      'allowed',
    ],
    [
      'resources of the management account',
      { resourceInManagementAccount: true, identity: [READ], rcps: [[DENY]] },
      'allowed',
    ],
    ['a service-linked role', { serviceLinked: true, identity: [READ], rcps: [[DENY]] }, 'allowed'],
    [
      'kms:RetireGrant',
      {
        does: 'kms:RetireGrant',
        on: KEY,
        identity: [ALL],
        resource: [to({ AWS: ROOT }, ALL)],
        rcps: [[{ Effect: 'Deny', Action: '*' }]],
      },
      'allowed',
    ],
    [
      'a service is bound by them',
      { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })], rcps: [[ALL, DENY]] },
      'denied',
      [],
    ],
    ['root users are bound by them', { as: 'root', rcps: [[ALL, DENY]] }, 'denied', []],
  ],
  'Policy evaluation for requests within a single account': [
    ['the resource policy alone, to a user', { as: 'user', resource: [to({ AWS: USER })] }, 'allowed'],
    ['the resource policy alone, to a role', { resource: [to({ AWS: ROLE })] }, 'allowed'],
    ['the resource policy alone, to a session', { session: SESSION, resource: [to({ AWS: SESSION })] }, 'allowed'],
    ['the resource policy alone, to everybody', { resource: [to('*')] }, 'allowed'],
    [
      'the resource policy alone, to the account: it passes the decision on',
      { resource: [to({ AWS: ROOT })] },
      'denied',
      ['identity'],
    ],
    ['the account by its id', { resource: [to({ AWS: ACCOUNT })], identity: [READ] }, 'allowed'],
    ['the resource policy to somebody else', { resource: [to({ AWS: TARGET })] }, 'denied', ['identity']],
    [
      'the identity policy alone, resource policy to somebody else',
      { identity: [READ], resource: [to({ AWS: TARGET })] },
      'allowed',
    ],
    [
      'a grant to a user is not capped by the boundary',
      { as: 'user', boundary: [{ Action: 'sqs:*' }], resource: [to({ AWS: USER })] },
      'allowed',
    ],
    [
      'a grant to a role is capped by the boundary',
      { boundary: [{ Action: 'sqs:*' }], resource: [to({ AWS: ROLE })] },
      'denied',
      ['identity', 'boundary'],
    ],
    ['a grant to a role within the boundary', { boundary: [READ], resource: [to({ AWS: ROLE })] }, 'allowed'],
    [
      'a grant to a role is capped by the session policy',
      { sessionPolicy: [{ Action: 'sqs:*' }], resource: [to({ AWS: ROLE })] },
      'denied',
      ['identity', 'session'],
    ],
    [
      'a grant to a session is not capped',
      {
        session: SESSION,
        boundary: [{ Action: 'sqs:*' }],
        sessionPolicy: [{ Action: 'sqs:*' }],
        resource: [to({ AWS: SESSION })],
      },
      'allowed',
    ],
    [
      'a grant to everybody by aws:PrincipalArn is not capped',
      { boundary: [{ Action: 'sqs:*' }], resource: [when({ ArnEquals: { 'aws:PrincipalArn': ROLE } }, to('*'))] },
      'allowed',
    ],
    [
      'a Deny in the boundary holds against all of them',
      { session: SESSION, boundary: [DENY], resource: [to({ AWS: SESSION })] },
      'denied',
      [],
    ],
    ['a session that nobody knows by name may be meant', { resource: [to({ AWS: SESSION })] }, 'conditional'],
    [
      'a session of another role',
      { resource: [to({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/other/one` })] },
      'denied',
      ['identity'],
    ],
    [
      'another session of the role',
      { session: SESSION, resource: [to({ AWS: SESSION.replace('one', 'two') })] },
      'denied',
      ['identity'],
    ],
    ['a resource policy that was not read', { identity: [READ], resource: 'unread' }, 'allowed'],
    ['a resource policy that was not understood', { identity: [READ], resource: [to('*', UNCLEAR)] }, 'conditional'],
    ['a role, when nobody knows who asks', { as: 'someone', resource: [to({ AWS: ROLE })] }, 'conditional'],
    [
      'a role of another account, when nobody knows who asks',
      { as: 'someone', resource: [to({ AWS: ROLE.replace(ACCOUNT, OTHER_ACCOUNT) })] },
      'denied',
      ['identity'],
    ],
    ['a canonical user id may be the own', { resource: [to({ CanonicalUser: '79a59df900b949e5' })] }, 'conditional'],
  ],
  'Cross-account policy evaluation logic': [
    ['both sides', { of: OTHER_ACCOUNT, identity: [READ], resource: [to({ AWS: ROLE })] }, 'allowed'],
    [
      'the resource names the account',
      { of: OTHER_ACCOUNT, identity: [READ], resource: [to({ AWS: ROOT })] },
      'allowed',
    ],
    ['the resource names everybody', { of: OTHER_ACCOUNT, identity: [READ], resource: [to('*')] }, 'allowed'],
    ['the identity alone', { of: OTHER_ACCOUNT, identity: [READ], resource: [] }, 'denied', ['resource']],
    ['the identity alone, no resource policy', { of: OTHER_ACCOUNT, identity: [READ] }, 'denied', ['resource']],
    ['the resource alone', { of: OTHER_ACCOUNT, resource: [to({ AWS: ROLE })] }, 'denied', ['identity']],
    ['the resource alone names everybody', { of: OTHER_ACCOUNT, resource: [to('*')] }, 'denied', ['identity']],
    [
      'the resource alone names the user',
      { as: 'user', of: OTHER_ACCOUNT, resource: [to({ AWS: USER })] },
      'denied',
      ['identity'],
    ],
    [
      'the boundary caps',
      { of: OTHER_ACCOUNT, identity: [READ], boundary: [{ Action: 'sqs:*' }], resource: [to({ AWS: ROLE })] },
      'denied',
      ['boundary'],
    ],
    ['a resource policy that was not read', { of: OTHER_ACCOUNT, identity: [READ], resource: 'unread' }, 'conditional'],
    [
      'a Deny there',
      { of: OTHER_ACCOUNT, identity: [READ], resource: [to('*'), to({ AWS: ROOT }, DENY)] },
      'denied',
      [],
    ],
    ['root of another account', { as: 'root', of: OTHER_ACCOUNT, resource: [to({ AWS: ROOT })] }, 'allowed'],
  ],
  'IAM JSON policy elements: Principal': [
    ['a service', { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })] }, 'allowed'],
    ['another service', { as: 'service', resource: [to({ Service: 'sns.amazonaws.com' })] }, 'denied', ['resource']],
    ['everybody is a service too', { as: 'service', resource: [to('*')] }, 'allowed'],
    ['nobody with credentials', { as: 'anonymous', resource: [to('*')] }, 'allowed'],
    [
      'nobody with credentials, the account named',
      { as: 'anonymous', resource: [to({ AWS: ACCOUNT })] },
      'denied',
      ['resource'],
    ],
    [
      'an identity provider',
      {
        as: 'federated',
        does: 'sts:AssumeRoleWithWebIdentity',
        on: TARGET,
        resource: [to({ Federated: 'accounts.google.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' })],
      },
      'allowed',
    ],
    ['a service by an unread policy', { as: 'service', resource: 'unread' }, 'conditional'],
    ['a statement without Principal names nobody', { resource: [READ] }, 'denied', ['identity']],
    [
      'a Deny for the account reaches its roles',
      { identity: [READ], resource: [to({ AWS: ACCOUNT }, DENY)] },
      'denied',
      [],
    ],
    [
      'a Deny for a role reaches its sessions',
      { session: SESSION, identity: [READ], resource: [to({ AWS: ROLE }, DENY)] },
      'denied',
      [],
    ],
    [
      'a Deny for a session that may be meant',
      { identity: [READ], resource: [to({ AWS: SESSION }, DENY)] },
      'conditional',
    ],
    ['a Deny for somebody else', { identity: [READ], resource: [to({ AWS: TARGET }, DENY)] }, 'allowed'],
  ],
  'IAM JSON policy elements: NotPrincipal': [
    [
      'Deny spares whom it names with the account',
      { identity: [READ], resource: [but({ AWS: [ROLE, ROOT] }, DENY)] },
      'allowed',
    ],
    [
      'Deny that names the role only may deny the account',
      { identity: [READ], resource: [but({ AWS: ROLE }, DENY)] },
      'conditional',
    ],
    ['Deny that names the account only', { identity: [READ], resource: [but({ AWS: ROOT }, DENY)] }, 'conditional'],
    [
      'Deny that names somebody else',
      { identity: [READ], resource: [but({ AWS: [TARGET, `arn:aws:iam::${OTHER_ACCOUNT}:root`] }, DENY)] },
      'denied',
      [],
    ],
    [
      'Deny spares nobody who has a boundary',
      { identity: [READ], boundary: [ALL], resource: [but({ AWS: [ROLE, ROOT] }, DENY)] },
      'denied',
      [],
    ],
    [
      'Deny spares a service',
      { as: 'service', resource: [to('*'), but({ Service: 's3.amazonaws.com' }, DENY)] },
      'allowed',
    ],
    ['Allow to all but others', { resource: [but({ AWS: TARGET }, READ)] }, 'allowed'],
    ['Allow to all but this', { resource: [but({ AWS: ROLE }, READ)] }, 'denied', ['identity']],
    ['Allow to all but a session that may be this', { resource: [but({ AWS: SESSION }, READ)] }, 'conditional'],
  ],
  'Key policies in AWS KMS': [
    [
      'the identity policy alone is not enough',
      { does: 'kms:Decrypt', on: KEY, identity: [ALL], resource: [] },
      'denied',
      ['resource'],
    ],
    [
      'the key lets the account decide',
      { does: 'kms:Decrypt', on: KEY, identity: [ALL], resource: [to({ AWS: ROOT }, { Action: 'kms:*' })] },
      'allowed',
    ],
    [
      'the key lets the account decide, nobody did',
      { does: 'kms:Decrypt', on: KEY, resource: [to({ AWS: ROOT }, { Action: 'kms:*' })] },
      'denied',
      ['identity'],
    ],
    [
      'the key lets the role in',
      { does: 'kms:Decrypt', on: KEY, resource: [to({ AWS: ROLE }, { Action: 'kms:Decrypt' })] },
      'allowed',
    ],
    [
      'the key policy was not read',
      { does: 'kms:Decrypt', on: KEY, identity: [ALL], resource: 'unread' },
      'conditional',
    ],
    ['an action on no key', { does: 'kms:ListKeys', on: '*', identity: [ALL], resource: 'unread' }, 'allowed'],
  ],
  'Role trust policies': [
    [
      'the trust names the role: no identity policy needed',
      { does: 'sts:AssumeRole', on: TARGET, resource: [to({ AWS: ROLE }, { Action: 'sts:AssumeRole' })] },
      'allowed',
    ],
    [
      'the trust names the account: the identity policy decides',
      {
        does: 'sts:AssumeRole',
        on: TARGET,
        identity: [{ Action: 'sts:AssumeRole', Resource: TARGET }],
        resource: [to({ AWS: ROOT }, { Action: 'sts:AssumeRole' })],
      },
      'allowed',
    ],
    [
      'the trust names the account, nobody decided',
      { does: 'sts:AssumeRole', on: TARGET, resource: [to({ AWS: ROOT }, { Action: 'sts:AssumeRole' })] },
      'denied',
      ['identity'],
    ],
    [
      'the trust names nobody here',
      {
        does: 'sts:AssumeRole',
        on: TARGET,
        identity: [ALL],
        resource: [to({ Service: 'lambda.amazonaws.com' }, { Action: 'sts:AssumeRole' })],
      },
      'denied',
      ['resource'],
    ],
    [
      'across accounts both',
      {
        does: 'sts:AssumeRole',
        on: TARGET.replace(ACCOUNT, OTHER_ACCOUNT),
        of: OTHER_ACCOUNT,
        identity: [ALL],
        resource: [to({ AWS: ROOT }, { Action: 'sts:AssumeRole' })],
      },
      'allowed',
    ],
    [
      'across accounts the trust alone',
      {
        does: 'sts:AssumeRole',
        on: TARGET.replace(ACCOUNT, OTHER_ACCOUNT),
        of: OTHER_ACCOUNT,
        resource: [to({ AWS: ROLE }, { Action: 'sts:AssumeRole' })],
      },
      'denied',
      ['identity'],
    ],
    [
      'an external id that nobody knows',
      {
        does: 'sts:AssumeRole',
        on: TARGET,
        resource: [when({ StringEquals: { 'sts:ExternalId': 'x' } }, to({ AWS: ROLE }, { Action: 'sts:AssumeRole' }))],
      },
      'conditional',
    ],
    [
      'a service',
      {
        as: 'service',
        does: 'sts:AssumeRole',
        on: TARGET,
        resource: [to({ Service: 's3.amazonaws.com' }, { Action: 'sts:AssumeRole' })],
      },
      'allowed',
    ],
  ],
};
