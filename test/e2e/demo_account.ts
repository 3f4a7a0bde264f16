import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  type IAMClient,
  PutRolePolicyCommand,
  type Tag,
} from '@aws-sdk/client-iam';
import { CreateFunctionCommand, CreateFunctionUrlConfigCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import pLimit from 'p-limit';
import type { Account, LambdaFunction, ManagedPolicy, Role } from '../../demo/organization/model.ts';
import { organizationAt } from '../../demo/weeks.ts';
import { clientsOf, emptyZip, type Keys } from './live_organization.ts';

/** Requests on their way to the emulator. */
const width = 16;

/** An account of the demo, every ARN of its own moved to another account. */
function movedAccount(name: string, id: string): Account {
  const account = organizationAt('2026-11-16').accounts.find((one) => one.name === name)!;
  return JSON.parse(JSON.stringify(account).replaceAll(account.id, id));
}

const text = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));
const tagsOf = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const createPolicy = (iam: IAMClient, { name, path, versions, defaultVersion }: ManagedPolicy) => {
  const { document } = versions.at((defaultVersion ?? versions.length) - 1)!;
  return iam.send(new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: text(document) }));
};

/** AWS makes these itself. */
const isMadeByAws = ({ path }: Role): boolean => /^\/aws-(service-role|reserved)\//.test(path);

async function createRole(iam: IAMClient, { name, path, trust, tags, boundary, inline, attached }: Role) {
  const RoleName = name;
  const asked = { RoleName, Path: path, AssumeRolePolicyDocument: text(trust), Tags: tagsOf(tags) };
  await iam.send(new CreateRoleCommand({ ...asked, ...(boundary !== null && { PermissionsBoundary: boundary }) }));
  for (const [PolicyName, document] of Object.entries(inline))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: text(document) }));
  for (const PolicyArn of attached) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}

async function createFunction(lambda: LambdaClient, { name, role, timeout, memory, tags, urls }: LambdaFunction) {
  const FunctionName = name;
  const runtime = { Runtime: 'nodejs22.x' as const, Handler: 'index.handler', Code: { ZipFile: emptyZip } };
  const asked = { FunctionName, Role: role, Timeout: timeout, MemorySize: memory, Tags: { ...tags } };
  await lambda.send(new CreateFunctionCommand({ ...asked, ...runtime }));
  const AuthType = urls[''];
  if (AuthType) await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType }));
}

/**
 * Gives an account the policies, roles and functions that an account of the demo has in its last week: the functions of
 * all regions in the one that the emulator is read in, without versions.
 */
export async function fillFromDemo(endpoint: string, keys: Keys, accountId: string, name: string): Promise<void> {
  const { iam, lambda } = clientsOf(endpoint, keys);
  const { policies, roles, functions } = movedAccount(name, accountId);
  const limit = pLimit(width);
  const own = roles.filter((role) => !isMadeByAws(role));
  await limit.map(
    policies.filter(({ arn }) => arn.includes(accountId)),
    (policy) => createPolicy(iam, policy),
  );
  await limit.map(own, (role) => createRole(iam, role));
  const byName = new Map(functions.map((one) => [one.name, one]));
  await limit.map([...byName.values()], (one) => createFunction(lambda, one));
}
