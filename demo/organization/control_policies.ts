import { managementId, organizationId, rootId, units } from './accounts.ts';
import { allow, type Document, deny, document } from './documents.ts';
import type { Account, ControlPolicy } from './model.ts';

const fullAccess = document(allow('*', '*'));
const [foundation, workloads, nonProduction] = units.map((unit) => unit.id) as [string, string, string];

/** Everything outside these regions is denied, except for services that have no region. */
export const regionGuard = (allowed: readonly string[]): Document =>
  document({
    Sid: 'OnlyOurRegions',
    Effect: 'Deny',
    NotAction: ['iam:*', 'organizations:*', 'sts:*', 'support:*'],
    Resource: '*',
    Condition: { StringNotLike: { 'aws:RequestedRegion': allowed } },
  });

const custom = (
  id: string,
  name: string,
  type: ControlPolicy['type'],
  targets: string[],
  of: Document,
): ControlPolicy => ({ id, name, type, awsManaged: false, targets, document: of });

/** Service and resource control policies at the root, at units and at single accounts. */
export function controlPolicies(accounts: readonly Account[]): ControlPolicy[] {
  const everywhere = [rootId, foundation, workloads, nonProduction, ...accounts.map((account) => account.id)];
  const payments = accounts.find((account) => account.name === 'payments-production')!.id;
  const scp = 'SERVICE_CONTROL_POLICY';
  const rcp = 'RESOURCE_CONTROL_POLICY';
  return [
    { ...custom('p-FullAWSAccess', 'FullAWSAccess', scp, [...everywhere], fullAccess), awsManaged: true },
    { ...custom('p-RCPFullAWSAccess', 'RCPFullAWSAccess', rcp, [...everywhere], anyoneMay()), awsManaged: true },
    custom(
      'p-b7leave001',
      'stay-in-the-organization',
      scp,
      [rootId],
      document(deny('organizations:LeaveOrganization', '*')),
    ),
    custom('p-b7audit001', 'protect-audit-role', scp, [rootId], protectAuditRole()),
    custom('p-b7region01', 'only-our-regions', scp, [workloads], regionGuard(['eu-*', 'us-east-1', 'ap-southeast-2'])),
    custom(
      'p-b7users001',
      'no-access-keys',
      scp,
      [nonProduction],
      document(deny(['iam:CreateAccessKey', 'iam:CreateUser'], '*')),
    ),
    custom('p-b7pay00001', 'payments-guardrail', scp, [payments], document(deny('lambda:AddPermission', '*'))),
    custom('p-b7orgid001', 'only-our-principals', rcp, [rootId], onlyOurPrincipals()),
    custom('p-b7tls00001', 'only-tls', rcp, [workloads], onlyTls()),
    custom('p-b7kms00001', 'payments-keys', rcp, [payments], paymentsKeys()),
  ];
}

const anyoneMay = (): Document => document(allow('*', '*', { Principal: '*' }));

const protectAuditRole = (): Document =>
  document(
    deny(['iam:UpdateAssumeRolePolicy', 'iam:DeleteRole', 'iam:PutRolePolicy'], 'arn:aws:iam::*:role/security-audit', {
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${managementId}:role/organization-admin` },
      },
    }),
  );

const onlyOurPrincipals = (): Document =>
  document(
    deny(['s3:*', 'sts:AssumeRole', 'secretsmanager:GetSecretValue'], '*', {
      Principal: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );

const onlyTls = (): Document =>
  document(deny('s3:*', '*', { Principal: '*', Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } }));

const paymentsKeys = (): Document =>
  document(
    deny('kms:Decrypt', '*', {
      Principal: '*',
      Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId } },
    }),
  );
