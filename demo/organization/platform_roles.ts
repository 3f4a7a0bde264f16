import { hex } from '../seeded.ts';
import { managementId, securityId } from './accounts.ts';
import { administratorAccess, awsManaged } from './aws_managed_policies.ts';
import { allow, type Document, document, trust, trustService } from './documents.ts';
import { addRole } from './identities.ts';
import type { Account } from './model.ts';

export const platformTags = { team: 'platform', application: 'landing-zone', environment: 'shared' };

/** Roles that every account gets when it is opened: of AWS, of people, of the pipeline, of auditors. */
export function addPlatformRoles(account: Account): void {
  addServiceLinkedRoles(account);
  addPermissionSetRoles(account);
  addPipelineRoles(account);
  addAuditRoles(account);
  addComputeRoles(account);
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
  addRole(account, 'github-deploy', githubTrust(account), { inline: { deploy: deploys }, tags: platformTags });
}

function addAuditRoles(account: Account): void {
  addRole(
    account,
    'security-audit',
    trust({ AWS: `arn:aws:iam::${securityId}:root` }, { StringEquals: { 'sts:ExternalId': 'brightaisle-audit' } }),
    { attached: [awsManaged('SecurityAudit')], tags: { ...platformTags, team: 'security' } },
  );
  if (account.isManagement) return;
  addRole(account, 'OrganizationAccountAccessRole', trust({ AWS: `arn:aws:iam::${managementId}:root` }), {
    attached: [administratorAccess],
    lastUsed: null,
  });
}

function addComputeRoles(account: Account): void {
  const taskPolicy = awsManaged('service-role/AmazonECSTaskExecutionRolePolicy');
  addRole(account, 'ecs-task-execution', trustService('ecs-tasks'), { attached: [taskPolicy], tags: platformTags });
  addRole(account, 'build-host', trustService('ec2'), {
    inline: { artifacts: document(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::brightaisle-artifacts/*')) },
    tags: platformTags,
  });
  addRole(account, 'nightly-workflow', trustService('states'), {
    inline: { start: document(allow('lambda:InvokeFunction', `arn:aws:lambda:*:${account.id}:function:*`)) },
    tags: platformTags,
  });
}
