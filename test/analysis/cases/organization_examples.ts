import { ACCOUNT, OTHER_ACCOUNT } from '../given_account.ts';
import { ALL, asked, type EvaluationCases, KEY, READ, ROLE, ROOT, TARGET, to, when } from './evaluation.ts';

const REGION = 'aws:RequestedRegion';
const deny = (more: object) => ({ Effect: 'Deny', Action: '*', ...more });
const ORGANIZATION = 'aws:PrincipalOrgID';
const elsewhere = { of: OTHER_ACCOUNT };

/** The examples of AWS Organizations’ documentation, and what it says that they do. */
export const organizationExamples: EvaluationCases = {
  'SCP examples: deny access to AWS based on the requested Region': asked(
    {
      identity: [ALL],
      scps: [
        [
          ALL,
          when(
            {
              StringNotEquals: { [REGION]: ['eu-central-1', 'eu-west-1'] },
              ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/app' },
            },
            { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'] },
          ),
        ],
      ],
    },
    ['the role that it spares', { knowing: { [REGION]: 'us-east-1' } }, 'allowed'],
    ['a user, another Region', { as: 'user', knowing: { [REGION]: 'us-east-1' } }, 'denied', []],
    ['a user, one of the Regions', { as: 'user', knowing: { [REGION]: 'eu-west-1' } }, 'allowed'],
    [
      'a user, a service that it spares',
      { as: 'user', does: 'iam:GetRole', on: TARGET, knowing: { [REGION]: 'us-east-1' } },
      'allowed',
    ],
    ['root, another Region', { as: 'root', knowing: { [REGION]: 'us-east-1' } }, 'denied', []],
    ['nobody knows who asks', { as: 'someone', knowing: { [REGION]: 'us-east-1' } }, 'conditional'],
  ),
  'SCP examples: block service access for the root user': asked(
    { scps: [[ALL, when({ StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } }, deny({ Action: 'ec2:*' }))]] },
    ['root, that service', { as: 'root', does: 'ec2:RunInstances', on: '*' }, 'denied', []],
    ['root, another service', { as: 'root' }, 'allowed'],
    ['a user, that service', { as: 'user', identity: [ALL], does: 'ec2:RunInstances', on: '*' }, 'allowed'],
  ),
  'SCP examples: prevent IAM principals from making certain changes': asked(
    {
      identity: [ALL],
      scps: [
        [ALL, deny({ Action: ['iam:Attach*', 'iam:Delete*', 'iam:Update*'], Resource: 'arn:aws:iam::*:role/target' })],
      ],
    },
    ['that role', { does: 'iam:AttachRolePolicy', on: TARGET }, 'denied', []],
    ['that role in another case of the action', { does: 'IAM:attachrolepolicy', on: TARGET }, 'denied', []],
    ['another role', { does: 'iam:AttachRolePolicy', on: ROLE }, 'allowed'],
    ['another change of that role', { does: 'iam:TagRole', on: TARGET }, 'allowed'],
    ['in the management account', { does: 'iam:AttachRolePolicy', on: TARGET, managementAccount: true }, 'allowed'],
    ['by a service-linked role', { does: 'iam:AttachRolePolicy', on: TARGET, serviceLinked: true }, 'allowed'],
  ),
  'SCP examples: require MFA to perform an API action': asked(
    {
      identity: [ALL],
      scps: [
        [ALL, when({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, deny({ Action: 'ec2:StopInstances' }))],
      ],
      does: 'ec2:StopInstances',
      on: '*',
    },
    ['with MFA', { knowing: { 'aws:MultiFactorAuthPresent': 'true' } }, 'allowed'],
    ['without', { knowing: { 'aws:MultiFactorAuthPresent': 'false' } }, 'denied', []],
    ['an access key', { knowing: { 'aws:MultiFactorAuthPresent': null } }, 'denied', []],
  ),
  'SCP evaluation: allow list strategy': asked(
    { identity: [ALL], scps: [[{ Action: ['s3:*', 'ec2:*'] }], [{ Action: ['s3:*', 'sqs:*'] }]] },
    ['what both levels allow', {}, 'allowed'],
    ['what the root alone allows', { does: 'ec2:RunInstances', on: '*' }, 'denied', ['scp']],
    ['what the unit alone allows', { does: 'sqs:ListQueues', on: '*' }, 'denied', ['scp']],
    ['what neither allows', { does: 'iam:ListUsers', on: '*' }, 'denied', ['scp']],
    ['a resource of somebody else, named there too', { ...elsewhere, resource: [to({ AWS: ROLE })] }, 'allowed'],
    [
      'a grant by another account does not help',
      {
        ...elsewhere,
        does: 'sqs:SendMessage',
        on: `arn:aws:sqs:eu-west-1:${OTHER_ACCOUNT}:q`,
        resource: [to({ AWS: ROLE }, ALL)],
      },
      'denied',
      ['scp'],
    ],
  ),
  'SCP evaluation: FullAWSAccess taken away at one level': [
    ['at the root', { identity: [READ], scps: [[], [ALL], [ALL]] }, 'denied', ['scp']],
    ['at a unit', { identity: [READ], scps: [[ALL], [], [ALL]] }, 'denied', ['scp']],
    ['at the account', { identity: [READ], scps: [[ALL], [ALL], []] }, 'denied', ['scp']],
    [
      'SCPs bind no service',
      { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })], scps: [[], []] },
      'allowed',
    ],
    ['nor whom nobody knows by credentials', { as: 'anonymous', resource: [to('*')], scps: [[]] }, 'allowed'],
  ],
  'SCP syntax: elements': [
    ['an Allow with a NotAction', { identity: [READ], scps: [[{ NotAction: 'iam:*' }]] }, 'allowed'],
    ['an Allow with a NotAction of it', { identity: [READ], scps: [[{ NotAction: 's3:*' }]] }, 'denied', ['scp']],
    [
      'a Deny with NotResource of it',
      { identity: [READ], scps: [[ALL, deny({ NotResource: 'arn:aws:s3:::bucket/*' })]] },
      'allowed',
    ],
    [
      'a Deny with NotResource of another',
      { identity: [READ], scps: [[ALL, deny({ NotResource: 'arn:aws:s3:::other/*' })]] },
      'denied',
      [],
    ],
    [
      'an Allow of a resource',
      { identity: [READ], scps: [[{ ...ALL, Resource: 'arn:aws:s3:::bucket/*' }]] },
      'allowed',
    ],
    [
      'an Allow of another resource',
      { identity: [READ], scps: [[{ ...ALL, Resource: 'arn:aws:s3:::other/*' }]] },
      'denied',
      ['scp'],
    ],
    [
      'an Allow on a condition that holds',
      { identity: [READ], scps: [[when({ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }, ALL)]] },
      'allowed',
    ],
    [
      'an Allow on a condition that nobody knows',
      { identity: [READ], scps: [[when({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, ALL)]] },
      'conditional',
    ],
  ],
  'RCP examples: restrict access to only trusted identities': asked(
    {
      rcps: [
        [
          ALL,
          when(
            {
              StringNotEqualsIfExists: { [ORGANIZATION]: 'o-1' },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
            deny({ Action: ['s3:*', 'kms:*', 'sqs:*'] }),
          ),
        ],
      ],
    },
    ['inside the organization', { identity: [READ], knowing: { [ORGANIZATION]: 'o-1' } }, 'allowed'],
    [
      'outside the organization, although the bucket lets in',
      { resource: [to('*')], identity: [READ], knowing: { [ORGANIZATION]: 'o-2' } },
      'denied',
      [],
    ],
    [
      'an account in no organization',
      { identity: [READ], resource: [to('*')], knowing: { [ORGANIZATION]: null } },
      'denied',
      [],
    ],
    [
      'nobody with credentials',
      { as: 'anonymous', resource: [to('*')], knowing: { [ORGANIZATION]: null } },
      'denied',
      [],
    ],
    [
      'a service',
      { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })], knowing: { [ORGANIZATION]: null } },
      'allowed',
    ],
    ['root, inside', { as: 'root', knowing: { [ORGANIZATION]: 'o-1' } }, 'allowed'],
    [
      'a service that it does not name',
      {
        identity: [ALL],
        does: 'lambda:InvokeFunction',
        on: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`,
        knowing: { [ORGANIZATION]: 'o-2' },
      },
      'allowed',
    ],
  ),
  'RCP examples: cross-service confused deputy protection': asked(
    {
      as: 'service',
      resource: [to({ Service: 's3.amazonaws.com' }, ALL)],
      rcps: [
        [
          ALL,
          when(
            {
              StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-1' },
              Null: { 'aws:SourceAccount': 'false' },
              Bool: { 'aws:PrincipalIsAWSService': 'true' },
            },
            deny({ Action: ['s3:*', 'sqs:*'] }),
          ),
        ],
      ],
    },
    [
      'for a resource of the organization',
      { knowing: { 'aws:SourceOrgID': 'o-1', 'aws:SourceAccount': ACCOUNT } },
      'allowed',
    ],
    [
      'for a resource of somebody else',
      { knowing: { 'aws:SourceOrgID': 'o-2', 'aws:SourceAccount': OTHER_ACCOUNT } },
      'denied',
      [],
    ],
    [
      'for an account in no organization',
      { knowing: { 'aws:SourceOrgID': null, 'aws:SourceAccount': OTHER_ACCOUNT } },
      'denied',
      [],
    ],
    ['for no account', { knowing: { 'aws:SourceOrgID': null, 'aws:SourceAccount': null } }, 'allowed'],
    ['nobody knows for whom', {}, 'conditional'],
    ['a role', { as: 'role', identity: [READ], knowing: { 'aws:SourceAccount': null } }, 'allowed'],
  ),
  'RCP examples: require a secure connection': asked(
    {
      identity: [READ],
      rcps: [[ALL, when({ BoolIfExists: { 'aws:SecureTransport': 'false' } }, deny({ Action: 's3:*' }))]],
    },
    ['TLS', { knowing: { 'aws:SecureTransport': 'true' } }, 'allowed'],
    ['plain text', { knowing: { 'aws:SecureTransport': 'false' } }, 'denied', []],
    [
      'a service-linked role in plain text',
      { serviceLinked: true, knowing: { 'aws:SecureTransport': 'false' } },
      'allowed',
    ],
  ),
  'Resource control policies: levels': [
    ['a Deny at the account level', { identity: [READ], rcps: [[ALL], [ALL], [ALL, deny({})]] }, 'denied', []],
    ['a level without an Allow', { identity: [READ], rcps: [[ALL], [deny({ Action: 'sqs:*' })]] }, 'denied', ['rcp']],
    ['they give nothing', { rcps: [[ALL]] }, 'denied', ['identity']],
    [
      'they bind roles of the management account on member resources',
      { managementAccount: true, identity: [READ], rcps: [[ALL, deny({})]] },
      'denied',
      [],
    ],
    [
      'SCPs and RCPs at once',
      { identity: [READ], scps: [[{ Action: 'sqs:*' }]], rcps: [[{ Action: 'sqs:*' }]] },
      'denied',
      ['rcp', 'scp'],
    ],
    [
      'assuming a role',
      {
        does: 'sts:AssumeRole',
        on: TARGET,
        resource: [to({ AWS: ROLE }, { Action: 'sts:AssumeRole' })],
        rcps: [[ALL, deny({ Action: 'sts:AssumeRole' })]],
      },
      'denied',
      [],
    ],
    [
      'a key',
      {
        does: 'kms:Decrypt',
        on: KEY,
        resource: [to({ AWS: ROOT }, ALL)],
        identity: [ALL],
        rcps: [[ALL, deny({ Action: 'kms:Decrypt' })]],
      },
      'denied',
      [],
    ],
  ],
};
