import { administratorAccess, awsManaged, lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, type Document, deny, document, type Statement, trustLambda } from './documents.ts';
import { executionBoundary } from './execution_boundary.ts';
import { addFunction, addPolicy, addRole } from './identities.ts';
import type { Account, Role } from './model.ts';

const tags = { team: 'platform', application: 'automation', environment: 'production' };

/** Execution roles that may do everything, each by another route, and some that only look as if they might. */
export function addPowerfulRoles(accounts: ReadonlyMap<string, Account>): void {
  addSharedAdmin(accounts.get('storefront-production')!);
  addQuietAdmin(accounts.get('data-production')!);
  addAdminsByRoute(accounts.get('payments-staging')!);
  addNearlyAdmins(accounts.get('data-staging')!);
  addEscalations(accounts.get('sandbox')!);
  addSensitiveAuthority(accounts.get('data-production')!);
}

/** The shared admin role of the story: at first three functions of one team run as it. */
function addSharedAdmin(account: Account): void {
  const role = addRole(account, sharedAdminName, trustLambda, {
    attached: [administratorAccess, lambdaBasicExecution],
    tags: { ...tags, team: 'storefront' },
  });
  for (const task of ['cache-warmer', 'sitemap-builder', 'release-switch']) {
    addFunction(account, 'eu-west-1', `storefront-${task}`, role, {
      tags: { team: 'storefront', application: 'storefront', environment: 'production' },
    });
  }
}

/** Another one, in two regions, that nobody touches in all those weeks. */
function addQuietAdmin(account: Account): void {
  const policy = addPolicy(account, 'platform-everything', [document(allow(['*'], ['*']))]);
  const role = addRole(account, 'data-platform-role', trustLambda, { attached: [policy.arn], tags: { squad: 'data' } });
  for (const region of ['eu-west-1', 'ap-southeast-2']) {
    for (const project of ['lakehouse', 'exports']) {
      addFunction(account, region, `data-${project}-runner`, role, {
        tags: { squad: 'data', project, env: 'production' },
      });
    }
  }
}

export const sharedAdminName = 'storefront-automation-role';

function withFunction(account: Account, name: string, role: Role): void {
  addFunction(account, 'eu-central-1', name, role, { tags });
}

function addAdminsByRoute(account: Account): void {
  const customer = addPolicy(account, 'everything-customer-managed', [document(allow(['*'], ['*']))]);
  const routes: Record<string, Partial<Role>> = {
    'admin-by-list': { attached: [customer.arn] },
    'admin-by-colons': { inline: { all: document(allow('*:*', '*')) } },
    'admin-by-inline-list': { inline: { all: document(allow(['s3:GetObject', '*'], ['*'])) } },
    'admin-under-condition': { inline: { all: document(allow('*', '*', { Condition: ourNetworkOnly })) } },
    'admin-within-boundary': { attached: [administratorAccess], boundary: executionBoundary(account) },
    'admin-but-denied': { attached: [administratorAccess], inline: { stop: document(deny('*', '*')) } },
  };
  for (const [name, given] of Object.entries(routes)) {
    withFunction(account, name, addRole(account, `${name}-role`, trustLambda, { ...given, tags }));
  }
}

const ourNetworkOnly = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

/** Not admin as the word is defined: a version that is not in force, a narrower resource, other routes. */
function addNearlyAdmins(account: Account): void {
  const narrowed = addPolicy(account, 'was-everything-once', [
    document(allow('*', '*')),
    document(allow(['logs:*'], '*')),
  ]);
  const near: Record<string, Document> = {
    'all-of-iam': document(allow('iam:*', '*')),
    'all-of-iam-in-capitals': document(allow('IAM:*', '*')),
    'everything-but-billing': document({ Effect: 'Allow', NotAction: 'aws-portal:*', Resource: '*' }),
    'everything-but-one-bucket': document({
      Effect: 'Allow',
      Action: ['s3:*', 'dynamodb:*'],
      NotResource: 'arn:aws:s3:::brightaisle-payroll/*',
    }),
    'every-action-on-one-bucket': document(allow('*', 'arn:aws:s3:::brightaisle-scratch/*')),
  };
  for (const [name, of] of Object.entries(near)) {
    withFunction(account, name, addRole(account, `${name}-role`, trustLambda, { inline: { near: of }, tags }));
  }
  const former = addRole(account, 'formerly-admin-role', trustLambda, { attached: [narrowed.arn], tags });
  withFunction(account, 'formerly-admin', former);
}

/** Known ways to become admin without being it. */
function addEscalations(account: Account): void {
  const methods: Record<string, readonly string[]> = {
    'policy-version-writer': ['iam:CreatePolicyVersion'],
    'default-version-switcher': ['iam:SetDefaultPolicyVersion'],
    'policy-attacher': ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
    'trust-rewriter': ['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'],
    'function-creator': ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    'key-maker': ['iam:CreateAccessKey', 'iam:CreateLoginProfile'],
  };
  for (const [name, actions] of Object.entries(methods)) {
    withFunction(
      account,
      name,
      addRole(account, `${name}-role`, trustLambda, { inline: { method: document(allow(actions, '*')) } }),
    );
  }
}

/** Authority over secrets, keys, data, roles and the organization: all, broad or named. */
function addSensitiveAuthority(account: Account): void {
  const own = `${account.id}`;
  const authority: Record<string, Statement> = {
    'secrets-reader': allow('secretsmanager:GetSecretValue', '*'),
    'parameter-reader': allow(['ssm:GetParameter', 'ssm:GetParametersByPath'], `arn:aws:ssm:*:${own}:parameter/*`),
    'key-user': allow('kms:Decrypt', `arn:aws:kms:eu-west-1:${own}:key/0f6a8f52-0000-4000-8000-000000000001`),
    'object-remover': allow(['s3:GetObject', 's3:DeleteObject', 's3:DeleteObjectVersion'], 'arn:aws:s3:::*'),
    'table-reader': allow(['dynamodb:Scan', 'dynamodb:GetItem', 'rds-data:ExecuteStatement'], '*'),
    'role-writer': allow(['iam:CreateRole', 'iam:PutRolePolicy'], `arn:aws:iam::${own}:role/exports/*`),
    'role-hopper': allow('sts:AssumeRole', '*'),
    'organization-reader': allow('organizations:*', '*'),
  };
  for (const [name, of] of Object.entries(authority)) {
    const role = addRole(account, `${name}-role`, trustLambda, {
      inline: { authority: document(of) },
      attached: [lambdaBasicExecution, awsManaged('AmazonSQSFullAccess')],
      tags: { ...tags, team: 'data' },
    });
    addFunction(account, 'eu-west-1', `data-${name}`, role, { tags: { ...tags, team: 'data' } });
  }
}
