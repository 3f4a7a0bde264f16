import { hex } from '../seeded.ts';
import { managementId, securityId } from './accounts.ts';
import { administratorAccess, awsManaged, lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, type Document, deny, document, trust, trustLambda, trustService } from './documents.ts';
import { addFunction, addPolicy, addRole } from './identities.ts';
import type { Account } from './model.ts';

const platform = { team: 'platform', application: 'landing-zone', environment: 'shared' };

/** What every account gets when it is opened: roles of AWS, of people, of the pipeline, and two small functions. */
export function furnishAccount(account: Account): void {
  addServiceLinkedRoles(account);
  addPermissionSetRoles(account);
  addPipelineRoles(account);
  addAuditRoles(account);
  addComputeRoles(account);
  addPlatformFunctions(account);
  addExecutionBoundary(account);
}

function addServiceLinkedRoles(account: Account): void {
  const linked = [
    ['AWSServiceRoleForSupport', 'support', 'AWSSupportServiceRolePolicy'],
    ['AWSServiceRoleForTrustedAdvisor', 'trustedadvisor', 'AWSTrustedAdvisorServiceRolePolicy'],
    ['AWSServiceRoleForOrganizations', 'organizations', 'AWSOrganizationsServiceTrustPolicy'],
    ['AWSServiceRoleForCloudTrail', 'cloudtrail', 'CloudTrailServiceRolePolicy'],
  ] as const;
  for (const [name, service, policy] of linked) {
    addRole(account, name, trustService(service), {
      path: `/aws-service-role/${service}.amazonaws.com/`,
      attached: [awsManaged(`aws-service-role/${policy}`)],
    });
  }
}

function addPermissionSetRoles(account: Account): void {
  const signIn = trust(
    { Federated: `arn:aws:iam::${account.id}:saml-provider/AWSSSO_b7a1c0ffee000000_DO_NOT_DELETE` },
    { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
  );
  const sets = [
    ['Administrator', administratorAccess],
    ['ReadOnly', awsManaged('ReadOnlyAccess')],
    ['Developer', awsManaged('PowerUserAccess')],
  ] as const;
  for (const [name, policy] of sets) {
    addRole(account, `AWSReservedSSO_${name}_${hex(`${account.id} ${name}`, 16)}`, signIn, {
      path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      attached: [policy],
    });
  }
}

/** GitHub's OIDC provider, narrowed to one repository and branch. */
const githubTrust = (account: Account): Document =>
  trust(
    { Federated: `arn:aws:iam::${account.id}:oidc-provider/token.actions.githubusercontent.com` },
    {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': `repo:brightaisle/${account.name}:ref:refs/heads/main`,
      },
    },
    'sts:AssumeRoleWithWebIdentity',
  );

function addPipelineRoles(account: Account): void {
  const deploys = document(
    allow(['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:PublishVersion'], '*'),
    allow(['lambda:CreateFunction', 'cloudformation:*'], '*'),
    allow('iam:PassRole', `arn:aws:iam::${account.id}:role/*`, {
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    }),
  );
  addRole(account, 'github-deploy', githubTrust(account), { inline: { deploy: deploys }, tags: platform });
}

function addAuditRoles(account: Account): void {
  addRole(
    account,
    'security-audit',
    trust({ AWS: `arn:aws:iam::${securityId}:root` }, { StringEquals: { 'sts:ExternalId': 'brightaisle-audit' } }),
    { attached: [awsManaged('SecurityAudit')], tags: { ...platform, team: 'security' } },
  );
  if (account.isManagement) return;
  addRole(account, 'OrganizationAccountAccessRole', trust({ AWS: `arn:aws:iam::${managementId}:root` }), {
    attached: [administratorAccess],
    lastUsed: null,
  });
}

function addComputeRoles(account: Account): void {
  const taskPolicy = awsManaged('service-role/AmazonECSTaskExecutionRolePolicy');
  addRole(account, 'ecs-task-execution', trustService('ecs-tasks'), { attached: [taskPolicy], tags: platform });
  addRole(account, 'build-host', trustService('ec2'), {
    inline: { artifacts: document(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::brightaisle-artifacts/*')) },
    tags: platform,
  });
  addRole(account, 'nightly-workflow', trustService('states'), {
    inline: { start: document(allow('lambda:InvokeFunction', `arn:aws:lambda:*:${account.id}:function:*`)) },
    tags: platform,
  });
}

/** The same two functions with the same permissions in every account: clones across accounts. */
function addPlatformFunctions(account: Account): void {
  const region = 'eu-west-1';
  const forwarder = addRole(account, 'log-forwarder-role', trustLambda, {
    inline: { forward: document(allow(['firehose:PutRecord', 'firehose:PutRecordBatch'], '*')) },
    attached: [lambdaBasicExecution],
    tags: platform,
  });
  const janitor = addRole(account, 'tag-janitor-role', trustLambda, {
    inline: { tags: document(allow(['tag:GetResources', 'tag:TagResources', 'lambda:TagResource'], '*')) },
    attached: [lambdaBasicExecution],
    tags: platform,
  });
  addFunction(account, region, 'platform-log-forwarder', forwarder, {
    tags: platform,
    environment: ['DELIVERY_STREAM'],
  });
  addFunction(account, region, 'platform-tag-janitor', janitor, { tags: platform, runtime: 'python3.13' });
}

function addExecutionBoundary(account: Account): void {
  addPolicy(account, executionBoundaryName, [
    document(
      allow(
        [
          'dynamodb:*',
          'kms:Decrypt',
          'lambda:InvokeFunction',
          'logs:*',
          's3:*',
          'secretsmanager:GetSecretValue',
          'sqs:*',
          'sns:*',
        ],
        '*',
      ),
      deny(['iam:*', 'organizations:*'], '*'),
    ),
  ]);
}

/** What an account's execution roles may never exceed. */
const executionBoundaryName = 'execution-boundary';
export const executionBoundary = (account: Account): string =>
  `arn:aws:iam::${account.id}:policy/${executionBoundaryName}`;
