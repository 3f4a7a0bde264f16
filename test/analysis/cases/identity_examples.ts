import { ACCOUNT } from '../given_account.ts';
import { ALL, asked, type EvaluationCases, READ, to, when } from './evaluation.ts';

const REGION = 'aws:RequestedRegion';
const MFA = 'aws:MultiFactorAuthPresent';
const NOW = 'aws:CurrentTime';
const instance = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-1`;
const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
const deny = (more: object) => ({ Effect: 'Deny', Action: '*', ...more });

/** The examples of AWS’s own documentation, and what it says that they do. */
export const identityExamples: EvaluationCases = {
  'Example policies: AWS, allows access based on date and time': asked(
    {
      identity: [
        when({
          DateGreaterThan: { [NOW]: '2026-04-01T00:00:00Z' },
          DateLessThan: { [NOW]: '2026-06-30T23:59:59Z' },
        }),
      ],
    },
    ['within the dates', { knowing: { [NOW]: '2026-05-01T12:00:00Z' } }, 'allowed'],
    ['before them', { knowing: { [NOW]: '2026-03-31T23:59:59Z' } }, 'denied', ['identity']],
    ['at the first second, which is not after it', { knowing: { [NOW]: '2026-04-01T00:00:00Z' } }, 'denied'],
    ['after them', { knowing: { [NOW]: '2026-07-01T00:00:00Z' } }, 'denied'],
    ['at a time that nobody knows', {}, 'conditional'],
  ),
  'Example policies: AWS, denies access based on the source IP': asked(
    {
      identity: [ALL, when({ NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '203.0.113.0/24'] } }, deny({}))],
    },
    ['from the first range', { knowing: { 'aws:SourceIp': '192.0.2.9' } }, 'allowed'],
    ['from the second', { knowing: { 'aws:SourceIp': '203.0.113.255' } }, 'allowed'],
    ['from elsewhere', { knowing: { 'aws:SourceIp': '198.51.100.1' } }, 'denied', []],
    ['through a VPC endpoint, which leaves the key out', { knowing: { 'aws:SourceIp': null } }, 'denied', []],
    ['nobody knows from where', {}, 'conditional'],
  ),
  'Example policies: AWS, the same that spares requests which services make': asked(
    {
      identity: [
        ALL,
        when({ NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' }, Bool: { 'aws:ViaAWSService': 'false' } }, deny({})),
      ],
    },
    [
      'from elsewhere, by a service',
      { knowing: { 'aws:SourceIp': '198.51.100.1', 'aws:ViaAWSService': 'true' } },
      'allowed',
    ],
    [
      'from elsewhere, by hand',
      { knowing: { 'aws:SourceIp': '198.51.100.1', 'aws:ViaAWSService': 'false' } },
      'denied',
      [],
    ],
    ['from inside, whoever it is', { knowing: { 'aws:SourceIp': '192.0.2.1' } }, 'allowed'],
    ['from elsewhere, nobody knows by whom', { knowing: { 'aws:SourceIp': '198.51.100.1' } }, 'conditional'],
  ),
  'Example policies: AWS, denies access based on the requested Region': asked(
    {
      identity: [
        ALL,
        when(
          { StringNotEquals: { [REGION]: ['eu-central-1', 'eu-west-1'] } },
          { Effect: 'Deny', NotAction: ['cloudfront:*', 'iam:*', 'route53:*', 'support:*'] },
        ),
      ],
    },
    ['one of the Regions', { knowing: { [REGION]: 'eu-west-1' } }, 'allowed'],
    ['another Region', { knowing: { [REGION]: 'us-east-1' } }, 'denied', []],
    [
      'a global service in another Region',
      { does: 'iam:GetRole', on: `arn:aws:iam::${ACCOUNT}:role/x`, knowing: { [REGION]: 'us-east-1' } },
      'allowed',
    ],
    ['a Region that nobody knows', {}, 'conditional'],
  ),
  'Example policies: IAM, MFA-authenticated users manage their own credentials': asked(
    {
      as: 'user',
      identity: [
        { Action: 'iam:*AccessKey*', Resource: `arn:aws:iam::${ACCOUNT}:user/\${aws:username}` },
        when(
          { BoolIfExists: { [MFA]: 'false' } },
          { Effect: 'Deny', NotAction: ['iam:EnableMFADevice', 'sts:GetSessionToken'] },
        ),
      ],
    },
    ['the own key, with MFA', { does: 'iam:CreateAccessKey', on: user('ann'), knowing: { [MFA]: 'true' } }, 'allowed'],
    [
      'the own key, without MFA',
      { does: 'iam:CreateAccessKey', on: user('ann'), knowing: { [MFA]: 'false' } },
      'denied',
      [],
    ],
    [
      'the own key with an access key, which has no such key in the request',
      { does: 'iam:CreateAccessKey', on: user('ann'), knowing: { [MFA]: null } },
      'denied',
      [],
    ],
    [
      'the key of somebody else, with MFA',
      { does: 'iam:CreateAccessKey', on: user('bob'), knowing: { [MFA]: 'true' } },
      'denied',
      ['identity'],
    ],
  ),
  'Condition operators, Boolean: Bool without IfExists misses long-term credentials': asked(
    { as: 'user', identity: [ALL, when({ Bool: { [MFA]: 'false' } }, deny({}))] },
    ['with MFA', { knowing: { [MFA]: 'true' } }, 'allowed'],
    ['a session without MFA', { knowing: { [MFA]: 'false' } }, 'denied', []],
    ['an access key', { knowing: { [MFA]: null } }, 'allowed'],
  ),
  'Condition operators, Boolean: an Allow with MFA needs the key': asked(
    { as: 'user', identity: [when({ Bool: { [MFA]: 'true' } })] },
    ['with MFA', { knowing: { [MFA]: 'true' } }, 'allowed'],
    ['an access key', { knowing: { [MFA]: null } }, 'denied', ['identity']],
    ['nobody knows', {}, 'conditional'],
  ),
  'Example policies: Amazon S3, users have a home folder of their own': asked(
    {
      as: 'user',
      identity: [
        when(
          { StringLike: { 's3:prefix': ['', 'home/', 'home/${aws:username}/*'] } },
          { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::bucket' },
        ),
        {
          Action: 's3:*',
          Resource: ['arn:aws:s3:::bucket/home/${aws:username}', 'arn:aws:s3:::bucket/home/${aws:username}/*'],
        },
      ],
    },
    ['the own folder', { on: 'arn:aws:s3:::bucket/home/ann/file' }, 'allowed'],
    ['the folder of somebody else', { on: 'arn:aws:s3:::bucket/home/bob/file' }, 'denied', ['identity']],
    ['a folder that begins alike', { on: 'arn:aws:s3:::bucket/home/anna/file' }, 'denied'],
    [
      'listing the own folder',
      { does: 's3:ListBucket', on: 'arn:aws:s3:::bucket', knowing: { 's3:prefix': 'home/ann/' } },
      'allowed',
    ],
    [
      'listing that of somebody else',
      { does: 's3:ListBucket', on: 'arn:aws:s3:::bucket', knowing: { 's3:prefix': 'home/bob/' } },
      'denied',
    ],
    [
      'listing the top, with an empty prefix',
      { does: 's3:ListBucket', on: 'arn:aws:s3:::bucket', knowing: { 's3:prefix': '' } },
      'allowed',
    ],
    [
      'listing everything, without a prefix',
      { does: 's3:ListBucket', on: 'arn:aws:s3:::bucket', knowing: { 's3:prefix': null } },
      'denied',
    ],
    ['by a role, which has no user name', { as: 'role', on: 'arn:aws:s3:::bucket/home/ann/file' }, 'denied'],
  ),
  'IAM tutorial: permissions based on tags': asked(
    {
      identity: [
        when(
          { StringEquals: { 'aws:ResourceTag/project': '${aws:PrincipalTag/project}' } },
          { Action: 'ec2:StopInstances' },
        ),
      ],
      does: 'ec2:StopInstances',
      on: instance,
    },
    ['the same tag', { knowing: { 'aws:ResourceTag/project': 'peg', 'aws:PrincipalTag/project': 'peg' } }, 'allowed'],
    [
      'the tag in another case',
      { knowing: { 'aws:ResourceTag/project': 'Peg', 'aws:PrincipalTag/project': 'peg' } },
      'denied',
    ],
    ['another tag', { knowing: { 'aws:ResourceTag/project': 'uni', 'aws:PrincipalTag/project': 'peg' } }, 'denied'],
    [
      'no tag on either side',
      { knowing: { 'aws:ResourceTag/project': null, 'aws:PrincipalTag/project': null } },
      'denied',
    ],
    [
      'no tag on the principal',
      { knowing: { 'aws:ResourceTag/project': 'peg', 'aws:PrincipalTag/project': null } },
      'denied',
    ],
    ['nobody knows the tag of the resource', { knowing: { 'aws:PrincipalTag/project': 'peg' } }, 'conditional'],
  ),
  'Variables and tags: Policy variables with no value': asked(
    {
      identity: [
        READ,
        when(
          { StringNotEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } },
          { Effect: 'Deny', Action: 's3:GetObject' },
        ),
      ],
    },
    ['the own team', { knowing: { 's3:ExistingObjectTag/Team': 'a', 'aws:PrincipalTag/Team': 'a' } }, 'allowed'],
    ['another team', { knowing: { 's3:ExistingObjectTag/Team': 'b', 'aws:PrincipalTag/Team': 'a' } }, 'denied', []],
    ['no team', { knowing: { 's3:ExistingObjectTag/Team': 'b', 'aws:PrincipalTag/Team': null } }, 'denied', []],
  ),
  'Variables and tags: in Resource, one with no value matches no resource': [
    [
      'beside another resource of the list',
      {
        knowing: { 'aws:PrincipalTag/team': null },
        identity: [{ ...READ, Resource: ['arn:aws:s3:::${aws:PrincipalTag/team}/*', 'arn:aws:s3:::bucket/*'] }],
      },
      'allowed',
    ],
    [
      'in NotResource',
      {
        knowing: { 'aws:PrincipalTag/team': null },
        identity: [{ ...READ, NotResource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }],
      },
      'allowed',
    ],
    [
      'with a default value',
      {
        knowing: { 'aws:PrincipalTag/team': null },
        identity: [{ ...READ, Resource: "arn:aws:s3:::${aws:PrincipalTag/team, 'bucket'}/*" }],
      },
      'allowed',
    ],
    [
      'with a default value that is not needed',
      {
        knowing: { 'aws:PrincipalTag/team': 'blue' },
        identity: [{ ...READ, Resource: "arn:aws:s3:::${aws:PrincipalTag/team, 'bucket'}/*" }],
      },
      'denied',
    ],
    [
      'a wildcard in the value is a plain sign',
      {
        knowing: { 'aws:PrincipalTag/team': '*' },
        identity: [{ ...READ, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }],
      },
      'denied',
    ],
    [
      'a wildcard beside it is one',
      {
        knowing: { 'aws:PrincipalTag/team': 'buck' },
        identity: [{ ...READ, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}*' }],
      },
      'allowed',
    ],
  ],
  'Creating a condition with multiple keys or values: tags on request': asked(
    {
      identity: [
        when(
          { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment', 'cost-center'] } },
          { Action: 'ec2:CreateTags' },
        ),
      ],
      does: 'ec2:CreateTags',
      on: instance,
    },
    ['both keys', { knowing: { 'aws:TagKeys': ['environment', 'cost-center'] } }, 'allowed'],
    ['one of them', { knowing: { 'aws:TagKeys': ['environment'] } }, 'allowed'],
    ['one more', { knowing: { 'aws:TagKeys': ['environment', 'owner'] } }, 'denied'],
    ['the key in another case', { knowing: { 'aws:TagKeys': ['Environment'] } }, 'denied'],
    ['no tags at all: ForAllValues holds', { knowing: { 'aws:TagKeys': null } }, 'allowed'],
  ),
  'Creating a condition with multiple keys or values: Null beside ForAllValues': asked(
    {
      identity: [
        when(
          { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment'] }, Null: { 'aws:TagKeys': 'false' } },
          { Action: 'ec2:CreateTags' },
        ),
      ],
      does: 'ec2:CreateTags',
      on: instance,
    },
    ['the key', { knowing: { 'aws:TagKeys': ['environment'] } }, 'allowed'],
    ['no tags at all', { knowing: { 'aws:TagKeys': null } }, 'denied'],
  ),
  'Creating a condition with multiple keys or values: a Deny of ForAnyValue': asked(
    {
      identity: [
        ALL,
        when({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['environment'] } }, deny({ Action: 'ec2:CreateTags' })),
      ],
      does: 'ec2:CreateTags',
      on: instance,
    },
    ['the key among others', { knowing: { 'aws:TagKeys': ['environment', 'owner'] } }, 'denied', []],
    ['others only', { knowing: { 'aws:TagKeys': ['owner'] } }, 'allowed'],
    ['no tags at all', { knowing: { 'aws:TagKeys': null } }, 'allowed'],
    ['nobody knows the tags', {}, 'conditional'],
  ),
  'Creating a condition with multiple keys or values: all keys, any value': asked(
    {
      identity: [when({ StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'], 'aws:PrincipalTag/team': 'a' } })],
    },
    ['both keys hold', { knowing: { 'aws:SourceVpc': 'vpc-2', 'aws:PrincipalTag/team': 'a' } }, 'allowed'],
    ['one does not', { knowing: { 'aws:SourceVpc': 'vpc-3', 'aws:PrincipalTag/team': 'a' } }, 'denied'],
    ['one does not, the other nobody knows', { knowing: { 'aws:SourceVpc': 'vpc-3' } }, 'denied'],
    ['one holds, the other nobody knows', { knowing: { 'aws:SourceVpc': 'vpc-1' } }, 'conditional'],
    ['keys match without case', { knowing: { 'AWS:sourcevpc': 'vpc-1', 'aws:principaltag/TEAM': 'a' } }, 'allowed'],
  ),
  'Grant a user permissions to pass a role to an AWS service': asked(
    {
      identity: [
        when(
          { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
          { Action: 'iam:PassRole', Resource: `arn:aws:iam::${ACCOUNT}:role/app-*` },
        ),
      ],
      does: 'iam:PassRole',
      on: `arn:aws:iam::${ACCOUNT}:role/app-1`,
    },
    ['to that service', { knowing: { 'iam:PassedToService': 'lambda.amazonaws.com' } }, 'allowed'],
    ['to another service', { knowing: { 'iam:PassedToService': 'ec2.amazonaws.com' } }, 'denied'],
    [
      'another role',
      { on: `arn:aws:iam::${ACCOUNT}:role/admin`, knowing: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      'denied',
    ],
    ['nobody knows to which', {}, 'conditional'],
  ),
  'Permissions boundaries: delegating with iam:PermissionsBoundary': asked(
    {
      identity: [
        when(
          { StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/limit` } },
          { Action: 'iam:CreateRole' },
        ),
      ],
      does: 'iam:CreateRole',
      on: `arn:aws:iam::${ACCOUNT}:role/new`,
    },
    [
      'with the boundary',
      { knowing: { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/limit` } },
      'allowed',
    ],
    ['with another', { knowing: { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/wide` } }, 'denied'],
    ['without any', { knowing: { 'iam:PermissionsBoundary': null } }, 'denied'],
  ),
  'Session policies: what a resource names decides whether they cap': asked(
    { sessionPolicy: [{ Action: 'sqs:*' }], boundary: [ALL] },
    ['everybody named: not capped', { resource: [to('*')] }, 'allowed'],
    [
      'the account named: the own policies decide',
      { identity: [READ], resource: [to({ AWS: ACCOUNT })] },
      'denied',
      ['session'],
    ],
  ),
};
