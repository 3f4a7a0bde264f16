import { collectorRoleName } from './collector_role.ts';

/** Actions that would change what the collector role is or who may assume it. */
const changing = [
  'iam:AttachRolePolicy',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
];

/** Service control policy: nobody but CloudFormation StackSets may change the collector role in a member account. */
export const protectionPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ProtectTheCollectorRole',
      Effect: 'Deny',
      Action: changing,
      Resource: `arn:aws:iam::*:role/${collectorRoleName}`,
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/stacksets-exec-*' },
      },
    },
  ],
} as const;
