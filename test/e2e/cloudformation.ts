import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../package_root.ts';
import { homeRegion, type Keys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';

export const collectorRoleTemplate = (): string =>
  readFileSync(join(packageRoot, 'stacksets/collector-role.json'), 'utf8');

/** Who may assume the role beside the hub's; to the emulator a function's principal is its session, on AWS its role. */
const operatorArns = [
  `arn:aws:iam::${hubAccount}:user/operator`,
  `arn:aws:sts::${hubAccount}:assumed-role/rolecall-collect/*`,
].join();

/** Parameters of the template, in the form of the API. */
export const collectorRoleParameters = (externalId: string): Record<string, string> =>
  flattened({ HubAccountId: hubAccount, ExternalId: externalId, OperatorPrincipalArns: operatorArns });

const flattened = (parameters: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value], at) => [
      [`Parameters.member.${at + 1}.ParameterKey`, key],
      [`Parameters.member.${at + 1}.ParameterValue`, value],
    ]),
  );

/** One request of CloudFormation's API; the emulators read the account from the key and check no signature of a root. */
export async function cloudFormation(
  endpoint: string,
  { accessKeyId }: Keys,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const scope = `${accessKeyId}/20260101/${homeRegion}/cloudformation/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const body = new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters });
  const response = await fetch(endpoint, { method: 'POST', headers: { authorization }, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`cloudformation:${action} failed: ${text}`);
  return text;
}

async function created(endpoint: string, keys: Keys, StackName: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const text = await cloudFormation(endpoint, keys, 'DescribeStacks', { StackName });
    const status = /<StackStatus>(\w+)</.exec(text)?.[1] ?? '';
    if (status === 'CREATE_COMPLETE') return;
    if (status !== 'CREATE_IN_PROGRESS') throw new Error(`The stack ${StackName} is ${status}: ${text}`);
    await sleep(100);
  }
  throw new Error(`The stack ${StackName} was not created`);
}

/** Deploys the checked-in template as a stack of one account. */
export async function deployCollectorRole(endpoint: string, keys: Keys, externalId: string): Promise<void> {
  const StackName = 'rolecall';
  await cloudFormation(endpoint, keys, 'CreateStack', {
    StackName,
    TemplateBody: collectorRoleTemplate(),
    'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
    ...collectorRoleParameters(externalId),
  });
  await created(endpoint, keys, StackName);
}
