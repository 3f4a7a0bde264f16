import { lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, document, trustLambda } from './documents.ts';
import { addFunction, addRole } from './identities.ts';
import type { Account } from './model.ts';
import { platformTags } from './platform_roles.ts';

/** The same two functions with the same permissions in every account: clones across accounts. */
export function addPlatformFunctions(account: Account): void {
  const region = 'eu-west-1';
  const forwarder = addRole(account, 'log-forwarder-role', trustLambda, {
    inline: { forward: document(allow(['firehose:PutRecord', 'firehose:PutRecordBatch'], '*')) },
    attached: [lambdaBasicExecution],
    tags: platformTags,
  });
  const janitor = addRole(account, 'tag-janitor-role', trustLambda, {
    inline: { tags: document(allow(['tag:GetResources', 'tag:TagResources', 'lambda:TagResource'], '*')) },
    attached: [lambdaBasicExecution],
    tags: platformTags,
  });
  addFunction(account, region, 'platform-log-forwarder', forwarder, {
    tags: platformTags,
    environment: ['DELIVERY_STREAM'],
  });
  addFunction(account, region, 'platform-tag-janitor', janitor, { tags: platformTags, runtime: 'python3.13' });
}
