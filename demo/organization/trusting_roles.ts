import { managementId, organizationId, outsideAccount, sharedServicesId } from './accounts.ts';
import { awsManaged, lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, document, trust, trustLambda } from './documents.ts';
import { addFunction, addRole } from './identities.ts';
import type { Account } from './model.ts';

/** Roles that others may assume: within the organization, from outside, from anywhere, from a pipeline. */
export function addTrustingRoles(accounts: ReadonlyMap<string, Account>): void {
  addChain(accounts.get('shared-services')!, accounts.get('payments-production')!);
  addOutsideTrusts(accounts.get('data-production')!);
  addOpenTrusts(accounts.get('sandbox')!);
  addPipelineWithoutSubject(accounts.get('storefront-staging')!);
}

/** A function's role in one account may assume a role in another, which trusts it by name. */
function addChain(from: Account, to: Account): void {
  const target = `arn:aws:iam::${to.id}:role/settlement-writer`;
  const hop = addRole(from, 'settlement-hop-role', trustLambda, {
    inline: { hop: document(allow('sts:AssumeRole', target)) },
    attached: [lambdaBasicExecution],
    tags: { team: 'platform' },
  });
  addFunction(from, 'eu-central-1', 'settlement-hop', hop, { tags: { team: 'platform', application: 'settlement' } });
  addRole(to, 'settlement-writer', trust({ AWS: hop.arn }), {
    inline: { settle: document(allow('dynamodb:*', `arn:aws:dynamodb:eu-central-1:${to.id}:table/billing-ledger`)) },
    tags: { Team: 'payments' },
  });
}

function addOutsideTrusts(account: Account): void {
  const partner = { AWS: `arn:aws:iam::${outsideAccount}:root` };
  addRole(account, 'partner-loader', trust(partner, { StringEquals: { 'sts:ExternalId': 'ba-partner-7' } }), {
    inline: { load: document(allow('s3:PutObject', 'arn:aws:s3:::brightaisle-partner-drop/*')) },
    tags: { squad: 'data' },
  });
  addRole(account, 'agency-reader', trust({ AWS: outsideAccount }), {
    attached: [awsManaged('ReadOnlyAccess')],
    tags: { squad: 'marketing' },
  });
  addRole(account, readerName, trust({ AWS: `arn:aws:iam::${sharedServicesId}:root` }), {
    inline: { read: document(allow(['s3:GetObject', 'dynamodb:Query'], '*')) },
    tags: { squad: 'data', project: 'reporting' },
  });
}

/** Its trust opens to an outside account in the story. */
export const readerName = 'reporting-reader-role';

function addOpenTrusts(account: Account): void {
  addRole(account, 'anyone-may-try', trust({ AWS: '*' }), { lastUsed: null });
  addRole(account, 'anyone-of-ours', trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': organizationId } }));
  addRole(account, 'management-only', trust({ AWS: [managementId, `arn:aws:iam::${account.id}:root`] }));
}

function addPipelineWithoutSubject(account: Account): void {
  const provider = `arn:aws:iam::${account.id}:oidc-provider/token.actions.githubusercontent.com`;
  const audience = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } };
  addRole(account, 'github-preview', trust({ Federated: provider }, audience, 'sts:AssumeRoleWithWebIdentity'), {
    inline: { preview: document(allow(['lambda:UpdateFunctionCode', 'lambda:CreateFunction', 'iam:PassRole'], '*')) },
    tags: { team: 'storefront' },
  });
}
