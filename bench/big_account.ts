import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REGION = 'eu-west-1';
const AT = '2025-06-01T00:00:00+00:00';

/** What functions use, service by service. */
const USES: readonly (readonly [string, readonly string[]])[] = [
  ['s3', ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject']],
  ['dynamodb', ['GetItem', 'Query', 'PutItem', 'Scan']],
  ['sqs', ['SendMessage', 'ReceiveMessage']],
  ['secretsmanager', ['GetSecretValue']],
  ['ssm', ['GetParameter', 'SendCommand']],
  ['kms', ['Decrypt', 'GenerateDataKey']],
  ['lambda', ['InvokeFunction', 'UpdateFunctionCode', 'CreateFunction']],
  ['iam', ['PassRole', 'PutRolePolicy', 'CreatePolicyVersion']],
  ['sts', ['AssumeRole']],
  ['logs', ['CreateLogStream', 'PutLogEvents']],
];

/** One of a list, by a number alone, so that every run measures the same. */
const pick = <T>(list: readonly T[], number: number): T => list[Math.abs(number) % list.length]!;

/** A statement of one service; some with a wildcard, some on everything, a few that deny. */
function statement(account: string, seed: number): object {
  const [service, names] = pick(USES, seed * 7 + (seed >> 3));
  const some = names.slice(0, 1 + (seed % names.length));
  const Action = seed % 17 === 0 ? `${service}:*` : some.map((name) => `${service}:${name}`);
  const Resource = seed % 3 === 0 ? '*' : `arn:aws:${service}:*:${account}:thing/${seed}/*`;
  const condition = seed % 23 === 0 ? { Condition: { StringEquals: { 'aws:RequestedRegion': REGION } } } : {};
  return { Effect: seed % 41 === 0 ? 'Deny' : 'Allow', Action, Resource, ...condition };
}

const documentOf = (account: string, seed: number, count: number): object => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: count }, (_, index) => statement(account, seed * 5 + index)),
});

const policyArn = (account: string, index: number): string => `arn:aws:iam::${account}:policy/shared-${index}`;
const roleArn = (account: string, index: number): string => `arn:aws:iam::${account}:role/runs-${index}`;

function policy(account: string, index: number): object {
  const version = { Document: documentOf(account, index, 2 + (index % 4)), VersionId: 'v1', IsDefaultVersion: true };
  return {
    ...{ PolicyName: `shared-${index}`, Arn: policyArn(account, index), DefaultVersionId: 'v1' },
    PolicyVersionList: [{ ...version, CreateDate: AT }],
  };
}

function role(account: string, index: number, policies: number): object {
  const service = index % 5 === 0 ? 'ec2.amazonaws.com' : 'lambda.amazonaws.com';
  const allow = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const attached = [index % policies, (index * 13 + 1) % policies];
  const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: policyArn(account, index % 20) } };
  return {
    ...{ Path: '/', RoleName: `runs-${index}`, RoleId: `AROA${index}`, Arn: roleArn(account, index), CreateDate: AT },
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [allow] },
    RolePolicyList: [{ PolicyName: 'own', PolicyDocument: documentOf(account, 1000 + index, 1 + (index % 4)) }],
    AttachedManagedPolicies: attached.map((one) => ({
      PolicyName: `shared-${one}`,
      PolicyArn: policyArn(account, one),
    })),
    Tags: [{ Key: 'team', Value: `team-${index % 40}` }],
    ...(index % 7 === 0 ? boundary : {}),
  };
}

const lambda = (account: string, index: number): object => ({
  FunctionName: `does-${index}`,
  FunctionArn: `arn:aws:lambda:${REGION}:${account}:function:does-${index}`,
  Role: roleArn(account, index),
  Runtime: 'nodejs22.x',
  PackageType: 'Zip',
  LastModified: '2025-06-01T00:00:00.000+0000',
});

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const idOf = (index: number): string => String(111_122_223_333 + index);

/** What an account of the organization has. */
interface Size {
  readonly roles: number;
  readonly policies: number;
}

/** Roles with two shared policies and one of their own; four in five run a function. */
function writeAccount(folder: string, account: string, { roles, policies }: Size): string {
  mkdirSync(join(folder, account, REGION), { recursive: true });
  const write = (file: string, content: object) => writeFileSync(join(folder, account, file), JSON.stringify(content));
  write('authorization-details.json', {
    ...{ UserDetailList: [], GroupDetailList: [] },
    RoleDetailList: range(roles).map((index) => role(account, index, policies)),
    Policies: range(policies).map((index) => policy(account, index)),
  });
  const running = range(roles).filter((index) => index % 5 !== 0);
  write(`${REGION}/functions.json`, { Functions: running.map((index) => lambda(account, index)) });
  return join(folder, account, 'authorization-details.json');
}

/** Writes the exports of an organization of equal accounts. @returns the files with the policies */
export function writeBigOrganization(folder: string, accounts: number, size: Size): readonly string[] {
  const ids = range(accounts).map(idOf);
  const details = ids.map((id) => writeAccount(folder, id, size));
  const Accounts = ids.map((Id) => ({
    Id,
    Arn: `arn:aws:organizations::${idOf(0)}:account/o-bench/${Id}`,
    Name: `bench-${Id}`,
    Status: 'ACTIVE',
  }));
  writeFileSync(join(folder, 'organization.json'), JSON.stringify({ Accounts }));
  return details;
}

/** The export of one account, as large as an account may be. @returns the file with its policies */
export const writeBigAccount = (folder: string, roles: number): string =>
  writeBigOrganization(folder, 1, { roles, policies: 400 })[0]!;
