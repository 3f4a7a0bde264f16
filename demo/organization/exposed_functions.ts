import { organizationId, outsideAccount, sharedServicesId } from './accounts.ts';
import { lambdaBasicExecution } from './aws_managed_policies.ts';
import { type Document, document, type Statement, statementsOf, trustLambda } from './documents.ts';
import { addFunction, addRole } from './identities.ts';
import type { Account, LambdaFunction } from './model.ts';

type Exposure = Partial<LambdaFunction> & { readonly tags?: LambdaFunction['tags'] };

/** A statement of a function's resource policy; `*` as Resource stands for the function's own ARN. */
const invoker = (sid: string, principal: Statement['Principal'], rest: Partial<Statement> = {}): Document =>
  document({
    Sid: sid,
    Effect: 'Allow',
    Principal: principal!,
    Action: 'lambda:InvokeFunction',
    Resource: '*',
    ...rest,
  });

/** What the console adds when a function URL is opened to the world. */
export const publicUrlPolicy: Document = document(
  {
    Sid: 'FunctionURLAllowPublicAccess',
    Effect: 'Allow',
    Principal: '*',
    Action: 'lambda:InvokeFunctionUrl',
    Resource: '*',
    Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  },
  {
    Sid: 'FunctionURLInvokeAllowPublicAccess',
    Effect: 'Allow',
    Principal: '*',
    Action: 'lambda:InvokeFunction',
    Resource: '*',
    Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  },
);

/** What was enough for URLs made before October 2025. */
const formerUrlPolicy: Document = document(statementsOf(publicUrlPolicy)[0]!);

const exposures: Readonly<Record<string, Exposure>> = {
  'landing-form': { urls: { '': 'NONE' }, policies: { '': publicUrlPolicy } },
  'former-form': { urls: { '': 'NONE' }, policies: { '': formerUrlPolicy }, lastModified: '2024-05-02T11:00:00.000Z' },
  'half-open-form': {
    urls: { '': 'NONE' },
    policies: { '': formerUrlPolicy },
    lastModified: '2026-04-02T11:00:00.000Z',
  },
  'unwired-form': { urls: { '': 'NONE' } },
  'partner-hook': {
    urls: { '': 'AWS_IAM' },
    policies: {
      '': invoker('partner', { AWS: `arn:aws:iam::${outsideAccount}:root` }, { Action: 'lambda:InvokeFunctionUrl' }),
    },
  },
  'open-webhook': { policies: { '': invoker('anyone', '*') } },
  'ours-only': {
    policies: { '': invoker('ours', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } }) },
  },
  'upload-listener': {
    policies: {
      '': invoker(
        'bucket',
        { Service: 's3.amazonaws.com' },
        {
          Condition: {
            StringEquals: { 'AWS:SourceAccount': '222200000004' },
            ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::brightaisle-uploads' },
          },
        },
      ),
    },
  },
  'schedule-listener': {
    policies: {
      '': invoker(
        'rule',
        { Service: 'events.amazonaws.com' },
        {
          Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:eu-west-1:222200000004:rule/nightly' } },
        },
      ),
    },
  },
  'any-topic-listener': { policies: { '': invoker('topic', { Service: 'sns.amazonaws.com' }) } },
  'cross-account-api': {
    policies: { live: invoker('shared', { AWS: `arn:aws:iam::${sharedServicesId}:role/settlement-hop-role` }) },
    aliases: { live: '1' },
  },
  'foreign-control': {
    policies: {
      '': invoker(
        'agency',
        { AWS: outsideAccount },
        { Action: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'] },
      ),
    },
  },
};

/** Functions that somebody else may call, or that only look so, in production. */
export function addExposedFunctions(account: Account): void {
  const role = addRole(account, 'edge-functions-role', trustLambda, {
    attached: [lambdaBasicExecution],
    tags: { squad: 'marketing', project: 'edge' },
  });
  const tags = { squad: 'marketing', project: 'edge', env: 'production', classification: 'public' };
  for (const [name, given] of Object.entries(exposures)) {
    const versions = given.aliases ? [{ role: role.arn }] : [];
    addFunction(account, 'eu-west-1', `edge-${name}`, role, { tags, versions, ...structuredClone(given) });
  }
}
