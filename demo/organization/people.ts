import { administratorAccess, awsManaged } from './aws_managed_policies.ts';
import { allow, deny, document } from './documents.ts';
import { executionBoundary } from './execution_boundary.ts';
import { addGroup, addPolicy, addUser } from './identities.ts';
import type { Account } from './model.ts';

/** Users and groups: people who can change functions without being allowed to do what those functions may do. */
export function addPeople(accounts: ReadonlyMap<string, Account>): void {
  addBreakGlass(accounts.get('brightaisle-management')!);
  addDevelopers(accounts.get('storefront-production')!);
  addOperators(accounts.get('payments-production')!);
  addIntegrators(accounts.get('data-production')!);
}

function addBreakGlass(account: Account): void {
  addUser(account, 'break-glass-1', { attached: [administratorAccess], tags: { team: 'platform' } });
  addGroup(account, 'billing-readers', { attached: [awsManaged('ReadOnlyAccess')] });
  addUser(account, 'finance.report', { groups: ['billing-readers'], tags: { team: 'finance' } });
}

/** Code control over functions whose roles may do more than the developers. */
function addDevelopers(account: Account): void {
  const deploy = addPolicy(account, 'deploy-functions', [
    document(
      allow(['lambda:UpdateFunctionCode', 'lambda:Get*', 'lambda:List*'], '*'),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], '*'),
      deny('iam:PassRole', '*'),
    ),
  ]);
  addGroup(account, 'storefront-developers', { attached: [deploy.arn] });
  addGroup(account, 'storefront-owners', { attached: [administratorAccess] });
  for (const name of ['ada.meyer', 'jon.okafor', 'lea.santos']) {
    addUser(account, name, { groups: ['storefront-developers'], tags: { team: 'storefront' } });
  }
  addUser(account, 'rui.tanaka', { groups: ['storefront-developers', 'storefront-owners'] });
}

function addOperators(account: Account): void {
  const boundary = executionBoundary(account);
  const everything = { everything: document(allow('*', '*')) };
  addUser(account, 'batch.operator', { inline: everything, boundary, tags: { team: 'payments' } });
  addUser(account, 'support.desk', {
    inline: { settle: document(allow(['lambda:UpdateFunctionConfiguration', 'lambda:AddPermission'], '*')) },
  });
}

/** Every other way to make code run under a role. */
function addIntegrators(account: Account): void {
  const ways = {
    'event.wiring': ['lambda:CreateEventSourceMapping', 'sqs:SendMessage'],
    'layer.publisher': ['lambda:PublishLayerVersion', 'lambda:UpdateFunctionConfiguration'],
    'microvm.operator': ['lambda:RunMicrovm', 'lambda:CreateMicrovmShellAuthToken', 'iam:PassRole'],
    'function.creator': ['lambda:CreateFunction', 'lambda:InvokeFunction', 'iam:PassRole'],
    'partner.loader': ['s3:PutObject'],
  };
  for (const [name, actions] of Object.entries(ways)) {
    addUser(account, name, { path: '/integrations/', inline: { way: document(allow(actions, '*')) } });
  }
}
