import { administratorAccess, lambdaBasicExecution } from './aws_managed_policies.ts';
import { allow, document, trustLambda } from './documents.ts';
import { addFunction, addRole } from './identities.ts';
import type { Account } from './model.ts';

/** Tag values that would break a careless page, query or spreadsheet. */
export const hostileTexts = [
  '<script>alert("tag")</script>',
  `'; drop table roles; -- "quoted" \`back\``,
  `=cmd|' /C calc'!A0`,
  '</td><img src=x onerror=alert(1)>',
  'line one\nline two\t\u202Ereversed',
] as const;

/** What is rare but allowed: odd documents, hostile tags, undecryptable environments, versions on older roles. */
export function addUnusual(accounts: ReadonlyMap<string, Account>): void {
  addHostileTags(accounts.get('sandbox')!);
  addOddDocuments(accounts.get('shared-services')!);
  addOldVersion(accounts.get('storefront-production')!);
  addUndecryptable(accounts.get('security-and-logs')!);
}

function addHostileTags(account: Account): void {
  for (const [i, text] of hostileTexts.entries()) {
    const tags = { team: text, application: text, environment: 'sandbox' };
    const role = addRole(account, `experiment-${i}-role`, trustLambda, { attached: [lambdaBasicExecution], tags });
    addFunction(account, 'us-east-1', `experiment-${i}`, role, { tags });
  }
}

function addOddDocuments(account: Account): void {
  const single = { Statement: { Effect: 'Allow', Action: 'dynamodb:GETITEM', Resource: '*' } } as const;
  const encoded = encodeURIComponent(JSON.stringify(document(allow('s3:getobject', 'arn:aws:s3:::brightaisle-odd/*'))));
  const role = addRole(
    account,
    'odd-documents-role',
    { Version: '2008-10-17', ...lambdaAsOneStatement },
    {
      inline: { single, encoded },
      attached: [lambdaBasicExecution],
      tags: { team: 'platform' },
    },
  );
  addFunction(account, 'eu-west-1', 'odd-documents', role, { tags: { TEAM: 'platform', SERVICE: 'odd' } });
}

const lambdaAsOneStatement = {
  Statement: { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: 'STS:AssumeRole' },
} as const;

/** Its code has moved to a role of its own, but the alias still serves a version that is admin. */
function addOldVersion(account: Account): void {
  const former = addRole(account, 'release-notes-old-role', trustLambda, { attached: [administratorAccess] });
  const current = addRole(account, 'release-notes-role', trustLambda, { attached: [lambdaBasicExecution] });
  addFunction(account, 'eu-west-1', 'release-notes', current, {
    tags: { team: 'storefront', application: 'release-notes' },
    versions: [{ role: former.arn }, { role: current.arn }],
    aliases: { live: '1', next: '2' },
  });
}

function addUndecryptable(account: Account): void {
  const role = addRole(account, 'alert-router-role', trustLambda, { attached: [lambdaBasicExecution] });
  addFunction(account, 'eu-west-1', 'alert-router', role, {
    environment: null,
    kmsKey: `arn:aws:kms:eu-west-1:${account.id}:key/0f6a8f52-0000-4000-8000-00000000dead`,
    tags: { team: 'security', application: 'alerts' },
  });
}
