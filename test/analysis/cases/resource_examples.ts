import { ACCOUNT, OTHER_ACCOUNT } from '../given_account.ts';
import {
  ALL,
  asked,
  but,
  type EvaluationCases,
  KEY,
  READ,
  ROLE,
  ROOT,
  SESSION,
  TARGET,
  to,
  USER,
  when,
} from './evaluation.ts';

const deny = (more: object) => ({ Effect: 'Deny', Action: 's3:*', ...more });
const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:topic`;
const elsewhere = { of: OTHER_ACCOUNT };
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`;
const invoke = { Action: 'lambda:InvokeFunction' };
const assume = { Action: 'sts:AssumeRole' };
const web = { Action: 'sts:AssumeRoleWithWebIdentity' };

/** The examples of AWS’s documentation of resource policies, and what it says that they do. */
export const resourceExamples: EvaluationCases = {
  'Bucket policy examples: requiring TLS': asked(
    { identity: [READ], resource: [when({ Bool: { 'aws:SecureTransport': 'false' } }, to('*', deny({})))] },
    ['TLS', { knowing: { 'aws:SecureTransport': 'true' } }, 'allowed'],
    ['plain text', { knowing: { 'aws:SecureTransport': 'false' } }, 'denied', []],
    ['plain text, root', { as: 'root', knowing: { 'aws:SecureTransport': 'false' } }, 'denied', []],
    ['nobody knows', {}, 'conditional'],
  ),
  'Bucket policy examples: access from specific VPC endpoints only': asked(
    { identity: [READ], resource: [when({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, to('*', deny({})))] },
    ['that endpoint', { knowing: { 'aws:SourceVpce': 'vpce-1' } }, 'allowed'],
    ['another', { knowing: { 'aws:SourceVpce': 'vpce-2' } }, 'denied', []],
    ['the Internet, without the key', { knowing: { 'aws:SourceVpce': null } }, 'denied', []],
  ),
  'Bucket policy examples: principals of an organization': asked(
    {
      resource: [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, to('*'))],
      knowing: { 'aws:PrincipalOrgID': 'o-1' },
    },
    ['the own account', {}, 'allowed'],
    ['another account, which must allow too', { ...elsewhere }, 'denied', ['identity']],
    ['another account, which does', { ...elsewhere, identity: [READ] }, 'allowed'],
    [
      'another organization',
      { ...elsewhere, identity: [READ], knowing: { 'aws:PrincipalOrgID': 'o-2' } },
      'denied',
      ['resource'],
    ],
    ['nobody with credentials', { as: 'anonymous', knowing: { 'aws:PrincipalOrgID': null } }, 'denied', ['resource']],
  ),
  'Condition keys: aws:PrincipalOrgPaths': asked(
    { resource: [when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } }, to('*'))] },
    ['the unit itself', { knowing: { 'aws:PrincipalOrgPaths': ['o-1/r-1/ou-1/'] } }, 'allowed'],
    ['a unit within', { knowing: { 'aws:PrincipalOrgPaths': ['o-1/r-1/ou-1/ou-2/'] } }, 'allowed'],
    ['a unit that begins alike', { knowing: { 'aws:PrincipalOrgPaths': ['o-1/r-1/ou-11/'] } }, 'denied'],
    ['no organization', { knowing: { 'aws:PrincipalOrgPaths': null } }, 'denied'],
  ),
  'The confused deputy problem: aws:SourceArn and aws:SourceAccount': asked(
    {
      as: 'service',
      resource: [
        when(
          {
            ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${ACCOUNT}:*` },
            StringEquals: { 'aws:SourceAccount': ACCOUNT },
          },
          to({ Service: 's3.amazonaws.com' }),
        ),
      ],
    },
    ['for the own topic', { knowing: { 'aws:SourceArn': topic, 'aws:SourceAccount': ACCOUNT } }, 'allowed'],
    [
      'for a topic of somebody else',
      { knowing: { 'aws:SourceArn': topic.replace(ACCOUNT, OTHER_ACCOUNT), 'aws:SourceAccount': OTHER_ACCOUNT } },
      'denied',
      ['resource'],
    ],
    ['for nobody', { knowing: { 'aws:SourceArn': null, 'aws:SourceAccount': null } }, 'denied', ['resource']],
    ['nobody knows for whom', {}, 'conditional'],
  ),
  'Lambda resource-based policies: permission for a service': asked(
    {
      as: 'service',
      does: 'lambda:InvokeFunction',
      on: FUNCTION,
      resource: [
        when({ ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' } }, to({ Service: 's3.amazonaws.com' }, invoke)),
      ],
    },
    ['for that bucket', { knowing: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } }, 'allowed'],
    ['for another bucket', { knowing: { 'aws:SourceArn': 'arn:aws:s3:::uploads2' } }, 'denied', ['resource']],
    [
      'another action',
      { does: 'lambda:UpdateFunctionCode', knowing: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } },
      'denied',
    ],
    ['a role', { as: 'role' }, 'denied', ['identity']],
  ),
  'Lambda function URLs: access control': asked(
    {
      does: 'lambda:InvokeFunctionUrl',
      on: FUNCTION,
      resource: [
        when(
          { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
          to('*', { Action: 'lambda:InvokeFunctionUrl' }),
        ),
      ],
    },
    [
      'NONE, nobody with credentials',
      { as: 'anonymous', knowing: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      'allowed',
    ],
    [
      'AWS_IAM, nobody with credentials',
      { as: 'anonymous', knowing: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      'denied',
      ['resource'],
    ],
    [
      'AWS_IAM, a role of the account with an identity policy',
      { identity: [ALL], knowing: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      'allowed',
    ],
  ),
  'Key policies in AWS KMS: kms:ViaService and kms:CallerAccount': asked(
    {
      does: 'kms:Decrypt',
      on: KEY,
      resource: [
        when(
          { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
          to({ AWS: '*' }, { Action: 'kms:Decrypt' }),
        ),
      ],
    },
    [
      'through that service',
      { knowing: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      'allowed',
    ],
    [
      'by hand',
      { knowing: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': null } },
      'denied',
      ['resource', 'identity'],
    ],
    [
      'by another account',
      { knowing: { 'kms:CallerAccount': OTHER_ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      'denied',
    ],
  ),
  'Key policies in AWS KMS: other accounts': asked(
    { does: 'kms:Decrypt', on: KEY.replace(ACCOUNT, OTHER_ACCOUNT), ...elsewhere },
    ['key and identity policy', { identity: [ALL], resource: [to({ AWS: ROOT }, { Action: 'kms:*' })] }, 'allowed'],
    ['the key alone', { resource: [to({ AWS: ROLE }, { Action: 'kms:*' })] }, 'denied', ['identity']],
    [
      'the identity policy alone',
      { identity: [ALL], resource: [to({ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` }, { Action: 'kms:*' })] },
      'denied',
      ['resource'],
    ],
    [
      'the identity policy names a key of the own account',
      { identity: [{ ...ALL, Resource: KEY }], resource: [to({ AWS: ROOT }, ALL)] },
      'denied',
      ['identity'],
    ],
  ),
  'How to use external ID when granting access to your AWS resources': asked(
    {
      does: 'sts:AssumeRole',
      on: TARGET,
      identity: [assume],
      resource: [when({ StringEquals: { 'sts:ExternalId': 'x-1' } }, to({ AWS: ACCOUNT }, assume))],
    },
    ['the id', { knowing: { 'sts:ExternalId': 'x-1' } }, 'allowed'],
    ['another', { knowing: { 'sts:ExternalId': 'x-2' } }, 'denied', ['resource']],
    ['the id in another case', { knowing: { 'sts:ExternalId': 'X-1' } }, 'denied', ['resource']],
    ['none', { knowing: { 'sts:ExternalId': null } }, 'denied', ['resource']],
  ),
  'Configuring OpenID Connect: the subject of a token': asked(
    {
      as: 'federated',
      does: 'sts:AssumeRoleWithWebIdentity',
      on: TARGET,
      resource: [
        when(
          {
            StringEquals: { 'accounts.google.com:aud': 'app' },
            StringLike: { 'accounts.google.com:sub': 'repo:org/*' },
          },
          to({ Federated: 'accounts.google.com' }, web),
        ),
      ],
    },
    [
      'audience and subject',
      { knowing: { 'accounts.google.com:aud': 'app', 'accounts.google.com:sub': 'repo:org/a:ref' } },
      'allowed',
    ],
    [
      'another subject',
      { knowing: { 'accounts.google.com:aud': 'app', 'accounts.google.com:sub': 'repo:other/a' } },
      'denied',
      ['resource'],
    ],
    [
      'another audience',
      { knowing: { 'accounts.google.com:aud': 'x', 'accounts.google.com:sub': 'repo:org/a' } },
      'denied',
      ['resource'],
    ],
    ['nobody knows the token', {}, 'conditional'],
    ['another way of assuming', { does: 'sts:AssumeRole' }, 'denied', ['resource']],
    ['a role is no identity provider', { as: 'role', identity: [ALL] }, 'denied', ['resource']],
  ),
  'Permissions boundaries × resource policies, by whom the policy names': asked(
    { boundary: [{ Action: 'sqs:*' }], identity: [READ] },
    ['the user', { as: 'user', resource: [to({ AWS: USER })] }, 'allowed'],
    ['the account of a user', { as: 'user', resource: [to({ AWS: ROOT })] }, 'denied', ['boundary']],
    ['the role', { resource: [to({ AWS: ROLE })] }, 'denied', ['boundary']],
    ['the role, asked by its session', { session: SESSION, resource: [to({ AWS: ROLE })] }, 'denied', ['boundary']],
    ['the session', { session: SESSION, resource: [to({ AWS: SESSION })] }, 'allowed'],
    ['everybody', { resource: [to({ AWS: '*' })] }, 'allowed'],
    ['all but somebody else', { resource: [but({ AWS: TARGET }, READ)] }, 'allowed'],
    ['the user, across accounts', { ...elsewhere, as: 'user', resource: [to({ AWS: USER })] }, 'denied', ['boundary']],
    [
      'the session, across accounts',
      { ...elsewhere, session: SESSION, resource: [to({ AWS: SESSION })] },
      'denied',
      ['boundary'],
    ],
  ),
  'NotPrincipal: services, identity providers, other accounts': [
    [
      'Deny for all but another service',
      { as: 'service', resource: [to('*'), but({ Service: 'sns.amazonaws.com' }, deny({}))] },
      'denied',
      [],
    ],
    [
      'Deny for all but a service, to a role',
      { identity: [READ], resource: [but({ Service: 's3.amazonaws.com' }, deny({}))] },
      'denied',
      [],
    ],
    [
      'Deny for all but a user and its account',
      { as: 'user', identity: [READ], resource: [but({ AWS: [USER, ROOT] }, deny({}))] },
      'allowed',
    ],
    [
      'Deny for all but a session, its role and its account',
      { session: SESSION, identity: [READ], resource: [but({ AWS: [SESSION, ROLE, ROOT] }, deny({}))] },
      'allowed',
    ],
    [
      'Deny of something else',
      { identity: [READ], resource: [but({ AWS: TARGET }, deny({ Action: 's3:PutObject' }))] },
      'allowed',
    ],
    [
      'across accounts, an Allow to all but others needs the own side',
      { ...elsewhere, resource: [but({ AWS: TARGET }, READ)] },
      'denied',
      ['identity'],
    ],
    [
      'nobody with credentials, Allow to all but an account',
      { as: 'anonymous', resource: [but({ AWS: OTHER_ACCOUNT }, READ)] },
      'allowed',
    ],
  ],
};
