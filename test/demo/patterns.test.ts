import { describe, expect, it } from 'vitest';
import { outsideAccount } from '../../demo/organization/accounts.ts';
import { listOf, statementsOf } from '../../demo/organization/documents.ts';
import { hostileTexts } from '../../demo/organization/unusual.ts';
import {
  accounts,
  adminRoles,
  allows,
  conditionKeys,
  executing,
  functions,
  granted,
  hasPolicies,
  inForce,
  invokers,
  isAccount,
  isAdmin,
  isUnit,
  managed,
  onAll,
  parsed,
  permissions,
  principal,
  roles,
  rootId,
  several,
  someRole,
  someUser,
  trusts,
  trustsLambda,
  units,
  users,
} from './seen.ts';

type Patterns = Readonly<Record<string, boolean>>;

const occurs: Readonly<Record<string, Patterns>> = {
  A1: {
    'functions in four regions': new Set(functions.map(({ region }) => region)).size === 4,
    'a version on another role than $LATEST': functions.some((of) => of.versions.some(({ role }) => role !== of.role)),
    'an alias': functions.some(({ aliases }) => Object.keys(aliases).length > 0),
    'MicroVMs with and without an execution role, and images':
      accounts.some(({ microvms }) => microvms.some(({ role }) => role) && microvms.some(({ role }) => !role)) &&
      accounts.some(({ microvmImages }) => microvmImages.length > 0),
    'a capacity provider': accounts.some(({ capacityProviders }) => capacityProviders.length > 0),
    'users with groups': users.some((user) => user.groups.length > 0),
    'customer-managed policies of several versions': accounts.some(({ policies }) =>
      policies.some(({ versions }) => versions.length > 1),
    ),
    'service-linked and permission-set roles': ['/aws-service-role/', '/aws-reserved/'].every((path) =>
      roles.some((role) => role.path.startsWith(path)),
    ),
    'SCPs at root, unit and account': [(id: string) => id === rootId, isUnit, isAccount].every((target) =>
      hasPolicies('SERVICE_CONTROL_POLICY', target),
    ),
    'RCPs at root, unit and account': [(id: string) => id === rootId, isUnit, isAccount].every((target) =>
      hasPolicies('RESOURCE_CONTROL_POLICY', target),
    ),
    'a unit below a unit': units.some((unit) => isUnit(unit.parent)),
  },
  A5: {
    'container images': functions.some(({ runtime }) => runtime === null),
    'in a VPC': functions.some(({ inVpc }) => inVpc),
    'with layers': functions.some(({ layers }) => layers.length > 0),
    'names of variables that sound like secrets': functions.some(({ environment }) =>
      environment?.some((name) => /PASSWORD|SECRET|TOKEN|API_KEY/.test(name)),
    ),
    'an environment that could not be decrypted': functions.some(({ environment }) => environment === null),
    'a URL for everybody with the policy it needs': functions.some((of) => of.urls[''] === 'NONE' && of.policies['']),
    'a URL for everybody without a policy': functions.some((of) => of.urls[''] === 'NONE' && !of.policies['']),
    'a URL that asks for credentials': functions.some(({ urls }) => urls[''] === 'AWS_IAM'),
    'anyone may invoke': invokers((statement) => statement.Principal === '*' && !statement.Condition),
    'anyone of the organization may invoke': invokers(
      (statement) => statement.Principal === '*' && conditionKeys(statement).includes('aws:PrincipalOrgID'),
    ),
    'a service from one source may invoke': invokers((statement) => conditionKeys(statement).includes('AWS:SourceArn')),
    'a service from any source may invoke': invokers(
      (statement) => principal(statement, 'Service').length > 0 && !statement.Condition,
    ),
    'another account may change the code': invokers(
      (statement) =>
        allows(statement, 'lambda:UpdateFunctionCode') && principal(statement, 'AWS').includes(outsideAccount),
    ),
    'a policy on an alias': invokers((_, __, qualifier) => qualifier === 'live'),
    'queues, tables and streams as event sources': ['sqs', 'dynamodb', 'kinesis'].every((service) =>
      functions.some(({ eventSources }) => eventSources.some((arn) => arn.startsWith(`arn:aws:${service}:`))),
    ),
    'without tags': functions.some(({ tags }) => Object.keys(tags).length === 0),
    'hostile tags': hostileTexts.every((text) => functions.some(({ tags }) => tags.team === text)),
  },
  B1: {
    'AdministratorAccess on a function': adminRoles.some((role) => executing.has(role.arn) && role.attached.length > 0),
    'action as a list': someRole((statement) => isAdmin(statement) && Array.isArray(statement.Action)),
    'action `*:*`': someRole((statement) => allows(statement, '*:*') && onAll(statement)),
    inline: adminRoles.some((role) => Object.values(role.inline).map(parsed).flatMap(statementsOf).some(isAdmin)),
    'under a condition': someRole((statement) => isAdmin(statement) && statement.Condition !== undefined),
    'within a boundary': adminRoles.some(({ boundary }) => boundary !== null),
    'denied by another policy': adminRoles.some((role) => granted(role).some(({ Effect }) => Effect === 'Deny')),
    'only in a version that is not in force': managed.some(
      ({ arn, versions }) =>
        versions.some((version) => statementsOf(version.document).some(isAdmin)) &&
        !statementsOf(inForce(arn)).some(isAdmin),
    ),
    'all of IAM, in capitals too': someRole((s) => allows(s, 'iam:*')) && someRole((s) => allows(s, 'IAM:*')),
    'every action on one resource': someRole((statement) => allows(statement, '*') && !onAll(statement)),
    'a user through a group': users.some(({ groups }) => groups.includes('storefront-owners')),
  },
  B2: {
    'a whole service on everything': someRole((statement) => allows(statement, 's3:*') && onAll(statement)),
    'part of a service': someRole((statement) => allows(statement, 's3:Get*')),
    'a broad resource': someRole(({ Resource }) => listOf(Resource).includes('arn:aws:s3:::*')),
    NotAction: someRole(({ Effect, NotAction }) => Effect === 'Allow' && NotAction !== undefined),
    NotResource: someRole(({ Effect, NotResource }) => Effect === 'Allow' && NotResource !== undefined),
    'one statement, not a list': roles.some(({ inline }) =>
      Object.values(inline).some((of) => typeof of !== 'string' && !Array.isArray(of.Statement)),
    ),
    'a URL-encoded document': roles.some(({ inline }) => Object.values(inline).some((of) => typeof of === 'string')),
    'odd case': someRole((statement) => allows(statement, 's3:getobject')),
  },
  B4: Object.fromEntries(
    [
      'secretsmanager:GetSecretValue',
      'ssm:GetParameter',
      'kms:Decrypt',
      's3:DeleteObject',
      'dynamodb:Scan',
      'rds-data:ExecuteStatement',
      'iam:PutRolePolicy',
      'sts:AssumeRole',
      'organizations:*',
      'iam:CreatePolicyVersion',
      'iam:PassRole',
    ].map((action) => [action, someRole((statement, role) => allows(statement, action) && executing.has(role.arn))]),
  ),
  B5: {
    ...Object.fromEntries(
      [
        'lambda:UpdateFunctionConfiguration',
        'lambda:AddPermission',
        'lambda:CreateEventSourceMapping',
        'lambda:PublishLayerVersion',
        'lambda:RunMicrovm',
        'lambda:CreateMicrovmShellAuthToken',
      ].map((action) => [action, someUser(action)]),
    ),
    'CreateFunction with PassRole': someUser('lambda:CreateFunction', (user) =>
      granted(user).some((statement) => allows(statement, 'iam:PassRole')),
    ),
    'CreateFunction with PassRole denied, through a group': accounts.some(({ groups }) =>
      groups.some(({ attached }) =>
        attached
          .flatMap((arn) => statementsOf(inForce(arn)))
          .some(({ Effect, Action }) => Effect === 'Deny' && Action === 'iam:PassRole'),
      ),
    ),
    'a CI role': roles.some(({ name }) => name === 'github-deploy'),
  },
  B6: {
    'a chain that both sides allow': roles.some((from) =>
      granted(from).some(
        ({ Resource }) =>
          typeof Resource === 'string' &&
          roles.some(
            (to) => to.arn === Resource && statementsOf(to.trust).some((s) => principal(s, 'AWS').includes(from.arn)),
          ),
      ),
    ),
    'outside, with an external id': trusts(
      (s) =>
        principal(s, 'AWS').some((arn) => arn.includes(outsideAccount)) && conditionKeys(s).includes('sts:ExternalId'),
    ),
    'outside, without': trusts(
      (s) => principal(s, 'AWS').some((arn) => arn.includes(outsideAccount)) && conditionKeys(s).length === 0,
    ),
    anyone: trusts((statement) => principal(statement, 'AWS').includes('*') && conditionKeys(statement).length === 0),
    'anyone of the organization': trusts((statement) => conditionKeys(statement).includes('aws:PrincipalOrgID')),
    'OIDC with and without a subject': [true, false].every((wanted) =>
      trusts(
        (s) =>
          principal(s, 'Federated').some((arn) => arn.includes('oidc-provider')) &&
          conditionKeys(s).some((key) => key.endsWith(':sub')) === wanted,
      ),
    ),
  },
  B8: {
    'roles that trust Lambda and serve no function': roles.some(
      (role) => trustsLambda(role) && !executing.has(role.arn) && role.lastUsed !== 'weekly',
    ),
    'roles that only a published version uses': functions.some((of) =>
      of.versions.some(({ role }) => !executing.has(role)),
    ),
    'roles never used': roles.some(({ lastUsed }) => lastUsed === null),
  },
  B9: {
    'a broad AWS-managed policy on an execution role': roles.some(
      (role) => executing.has(role.arn) && role.attached.some((arn) => arn.endsWith('FullAccess')),
    ),
    'with and without boundary': [true, false].every((wanted) =>
      roles.some((role) => executing.has(role.arn) && (role.boundary !== null) === wanted),
    ),
    'with and without aws:SourceAccount': [true, false].every((wanted) =>
      roles.some((role) => trustsLambda(role) && JSON.stringify(role.trust).includes('aws:SourceAccount') === wanted),
    ),
    'several policies': roles.some((role) => executing.has(role.arn) && granted(role).length > 2),
  },
  C1: {
    'a role that serves functions of three unrelated applications': several(
      functions.filter(({ tags }) => tags.application),
      ({ role }) => role,
      ({ tags }) => tags.application!,
      3,
    ),
    'the same permissions in several accounts': several(
      roles.filter((role) => Object.keys(role.inline).length > 0),
      permissions,
      ({ arn }) => arn.split(':')[4]!,
    ),
  },
  C2: {
    'an admin role shared by several functions': adminRoles.some(
      ({ arn }) => functions.filter(({ role }) => role === arn).length > 2,
    ),
    'a role used in several regions': several(
      functions,
      ({ role }) => role,
      ({ region }) => region,
    ),
  },
};

describe.each(Object.entries(occurs))('what requirement %s is about occurs in the demo organization', (_, patterns) => {
  it.each(Object.entries(patterns))('%s', (_name, found) => {
    expect(found).toBe(true);
  });
});
