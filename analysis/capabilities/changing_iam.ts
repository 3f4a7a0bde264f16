import { type Capability, escalation } from './capability.ts';

const itself = 'gives itself any permission';
const another = 'acts with the permissions of another user';
const role = 'gives a role any permission and then acts as that role';

/** Escalation by changing IAM itself. Facts: IAM API reference; the paths that pathfinding.cloud catalogues. */
export const changingIam: readonly Capability[] = [
  escalation(itself, [{ action: 'iam:CreatePolicyVersion', on: 'own_policy' }]),
  escalation('puts an older, wider version of its policy in force', [
    { action: 'iam:SetDefaultPolicyVersion', on: 'own_policy' },
  ]),
  escalation(itself, [{ action: 'iam:PutRolePolicy', on: 'own_role' }]),
  escalation(itself, [{ action: 'iam:AttachRolePolicy', on: 'own_role' }]),
  escalation(itself, [{ action: 'iam:PutUserPolicy', on: 'own_user' }]),
  escalation(itself, [{ action: 'iam:AttachUserPolicy', on: 'own_user' }]),
  escalation(itself, [{ action: 'iam:PutGroupPolicy', on: 'own_group' }]),
  escalation(itself, [{ action: 'iam:AttachGroupPolicy', on: 'own_group' }]),
  escalation('joins a group that may do more', [{ action: 'iam:AddUserToGroup', on: 'own_group' }]),
  escalation(another, [{ action: 'iam:CreateAccessKey', on: 'other_user' }]),
  escalation(another, [
    { action: 'iam:CreateAccessKey', on: 'other_user' },
    { action: 'iam:DeleteAccessKey', on: 'other_user' },
  ]),
  escalation(another, [{ action: 'iam:CreateLoginProfile', on: 'other_user' }]),
  escalation(another, [{ action: 'iam:UpdateLoginProfile', on: 'other_user' }]),
  escalation('gives another user any permission and then acts as that user', [
    { action: 'iam:AttachUserPolicy', on: 'other_user' },
    { action: 'iam:CreateAccessKey', on: 'other_user' },
  ]),
  escalation('gives another user any permission and then acts as that user', [
    { action: 'iam:PutUserPolicy', on: 'other_user' },
    { action: 'iam:CreateAccessKey', on: 'other_user' },
  ]),
  escalation('lets itself assume a role', [{ action: 'iam:UpdateAssumeRolePolicy', on: 'other_role' }]),
  escalation(role, [
    { action: 'iam:AttachRolePolicy', on: 'role_to_assume' },
    { action: 'sts:AssumeRole', on: 'role_to_assume' },
  ]),
  escalation(role, [
    { action: 'iam:PutRolePolicy', on: 'role_to_assume' },
    { action: 'sts:AssumeRole', on: 'role_to_assume' },
  ]),
  escalation(role, [
    { action: 'iam:CreatePolicyVersion', on: 'own_policy' },
    { action: 'sts:AssumeRole', on: 'role_to_assume' },
  ]),
  escalation(role, [
    { action: 'iam:AttachRolePolicy', on: 'other_role' },
    { action: 'iam:UpdateAssumeRolePolicy', on: 'other_role' },
  ]),
  escalation(role, [
    { action: 'iam:PutRolePolicy', on: 'other_role' },
    { action: 'iam:UpdateAssumeRolePolicy', on: 'other_role' },
  ]),
  escalation(role, [
    { action: 'iam:CreatePolicyVersion', on: 'own_policy' },
    { action: 'iam:UpdateAssumeRolePolicy', on: 'other_role' },
  ]),
  escalation('acts as another role', [{ action: 'sts:AssumeRole', on: 'role_to_assume' }]),
];
