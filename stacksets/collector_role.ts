/** Name of the role in every account unless the stack is told another. */
export const collectorRoleName = 'rolecall-collector';

/** Session and source identities that the trust accepts begin so. */
export const sourceIdentityPrefix = 'rolecall-';

const callerIsNamed = {
  ArnEquals: { 'aws:PrincipalArn': { 'Fn::If': ['HasOperators', namedCallers(), [hubRole()]] } },
} as const;

function hubRole(): object {
  return { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${HubAccountId}:role/${HubRoleName}' };
}

/** The hub's role and the operators: CloudFormation joins lists only as text. */
function namedCallers(): object {
  return {
    'Fn::Split': [',', { 'Fn::Join': [',', [hubRole(), { 'Fn::Join': [',', { Ref: 'OperatorPrincipalArns' }] }]] }],
  };
}

const hubAccount = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${HubAccountId}:root' } };

/**
 * Who may assume the role: the named callers of the hub account, with the external id, under a source identity that says it is rolecall
 * (IAM User Guide, "Access to AWS accounts owned by third parties" and "Monitor and control actions taken with assumed roles").
 */
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'HubAssumes',
      Effect: 'Allow',
      Principal: hubAccount,
      Action: 'sts:AssumeRole',
      Condition: { ...callerIsNamed, StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
    },
    {
      Sid: 'HubSetsSourceIdentity',
      Effect: 'Allow',
      Principal: hubAccount,
      Action: 'sts:SetSourceIdentity',
      Condition: { ...callerIsNamed, StringLike: { 'sts:SourceIdentity': `${sourceIdentityPrefix}*` } },
    },
  ],
};

const parameters = {
  HubAccountId: {
    Type: 'String',
    AllowedPattern: '^[0-9]{12}$',
    Description: 'Account that rolecall runs in',
  },
  HubRoleName: {
    Type: 'String',
    Default: 'rolecall-collect',
    AllowedPattern: '^[A-Za-z0-9+=,.@_-]{1,64}$',
    Description: 'Role in the hub account that may assume the collector role',
  },
  ExternalId: {
    Type: 'String',
    MinLength: 2,
    MaxLength: 1224,
    Description: 'Identifier that the caller has to give',
  },
  OperatorPrincipalArns: {
    Type: 'CommaDelimitedList',
    Default: '',
    Description: 'Roles or users of the hub account that may assume the role from a laptop; none unless named',
  },
  RoleName: {
    Type: 'String',
    Default: collectorRoleName,
    AllowedPattern: '^[A-Za-z0-9+=,.@_-]{1,64}$',
    Description: 'Name of the collector role',
  },
};

/** CloudFormation template of the collector role; it allows `actions`, which only read, and nothing else. */
export function collectorRoleTemplate(actions: readonly string[]): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      'Role that lets rolecall read Lambda functions, roles and policies of this account; it can change nothing.',
    Parameters: parameters,
    Conditions: {
      HasOperators: { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', { Ref: 'OperatorPrincipalArns' }] }, ''] }] },
    },
    Resources: {
      CollectorRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          Description: 'Read by rolecall; changes nothing',
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: trustPolicy,
          Policies: [{ PolicyName: 'rolecall-read', PolicyDocument: readPolicy(actions) }],
          Tags: [{ Key: 'application', Value: 'rolecall' }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['CollectorRole', 'Arn'] } } },
  };
}

/** Lists have no resource to name, so the resource is `*`; nothing is decrypted, whatever else is attached later. */
function readPolicy(actions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: actions, Resource: '*' },
      { Sid: 'NeverDecrypt', Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' },
    ],
  };
}
