import { outsideAccount } from './accounts.ts';
import { lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, document, trustLambda } from './documents.ts';
import { addFunction, addRole } from './identities.ts';
import type { Account } from './model.ts';

export const agencyFunction = 'data-agency-report';

/** An agency may still put its code into a report that reads secrets, long after the report was handed over. */
export function addFunctionControl(account: Account): void {
  const tags = { squad: 'data', project: 'reporting', env: 'production' };
  const role = addRole(account, `${agencyFunction}-role`, trustLambda, {
    inline: { read: document(allow('secretsmanager:GetSecretValue', '*')) },
    attached: [lambdaBasicExecution],
    tags,
  });
  const handedOver = document({
    Sid: 'agency',
    Effect: 'Allow',
    Principal: { AWS: outsideAccount },
    Action: 'lambda:UpdateFunctionCode',
    Resource: '*',
  });
  addFunction(account, 'eu-west-1', agencyFunction, role, { tags, policies: { '': handedOver } });
}
