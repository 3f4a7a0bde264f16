import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REGION = 'eu-west-1';
const AT = '2025-06-01T00:00:00+00:00';

/** What functions use, service by service. */
const USES: readonly (readonly [string, readonly string[]])[] = [
  ['s3', ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject', 'PutBucketPolicy']],
  ['dynamodb', ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'Scan']],
  ['sqs', ['SendMessage', 'ReceiveMessage', 'DeleteMessage']],
  ['sns', ['Publish', 'Subscribe']],
  ['secretsmanager', ['GetSecretValue', 'PutSecretValue']],
  ['ssm', ['GetParameter', 'PutParameter', 'SendCommand']],
  ['kms', ['Decrypt', 'Encrypt', 'GenerateDataKey']],
  ['lambda', ['InvokeFunction', 'UpdateFunctionCode', 'CreateFunction', 'UpdateFunctionConfiguration']],
  ['ec2', ['DescribeInstances', 'RunInstances', 'CreateTags', 'CreateNetworkInterface']],
  ['iam', ['PassRole', 'GetRole', 'PutRolePolicy', 'CreatePolicyVersion', 'AttachRolePolicy']],
  ['sts', ['AssumeRole']],
  ['glue', ['CreateJob', 'StartJobRun']],
  ['logs', ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents']],
];

/** Numbers from 0 up to 1 that look like chance and are the same in every run: a linear congruence, of which the upper bits are used. */
function chance(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const upTo = (random: () => number, most: number): number => 1 + Math.floor(random() * most);
const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** One in twenty names a whole service, one in fourteen parts of it, the others actions. */
function actionsOf(random: () => number, service: string, names: readonly string[]): string | readonly string[] {
  const from = Math.floor(random() * names.length);
  const some = Array.from(
    { length: upTo(random, Math.min(4, names.length)) },
    (_, index) => names[(from + index) % names.length]!,
  );
  const kind = random();
  if (kind < 0.05) return `${service}:*`;
  return some.map((name) => (kind < 0.12 ? `${service}:${name.slice(0, 4)}*` : `${service}:${name}`));
}

/** ARNs as the services have them, for whoever reads policies looks whether action and resource fit. */
function resourceOf(account: string, service: string, seed: number): string {
  const others: Readonly<Record<string, string>> = {
    s3: `arn:aws:s3:::app-${seed}-bucket/*`,
    iam: `arn:aws:iam::${account}:role/app-${seed}*`,
    lambda: `arn:aws:lambda:${REGION}:${account}:function:fn-${seed}*`,
    sts: `arn:aws:iam::444455556666:role/x-${seed}`,
  };
  return others[service] ?? `arn:aws:${service}:${REGION}:${account}:app-${seed}`;
}

/** A statement of one service; some with a wildcard, a third on everything, a few that deny or name what is not meant. */
function statement(account: string, seed: number, random: () => number): object {
  const [service, names] = pick(random, USES);
  const Action = actionsOf(random, service, names);
  const Resource = random() < 0.35 ? '*' : [resourceOf(account, service, seed)];
  const kind = random();
  if (kind < 0.01) return { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' };
  if (kind < 0.03) return { Effect: 'Deny', Action, Resource };
  const condition = { Condition: { StringEquals: { 'aws:RequestedRegion': REGION } } };
  return { Effect: 'Allow', Action, Resource, ...(kind < 0.07 ? condition : {}) };
}

function documentOf(account: string, seed: number, least: number): object {
  const random = chance(seed);
  const count = least - 1 + upTo(random, 4);
  return { Version: '2012-10-17', Statement: Array.from({ length: count }, () => statement(account, seed, random)) };
}

const policyArn = (account: string, index: number): string => `arn:aws:iam::${account}:policy/shared-${index}`;
const roleArn = (account: string, index: number): string => `arn:aws:iam::${account}:role/runs-${index}`;

/** What of AWS's own policies roles have, the one for administrators first; they allow on everything. */
const OF_AWS: readonly (readonly [string, readonly string[]])[] = [
  ['AdministratorAccess', ['*']],
  ['AmazonS3FullAccess', ['s3:*', 's3-object-lambda:*']],
  ['AmazonDynamoDBFullAccess', ['dynamodb:*', 'dax:*']],
  ['AmazonSQSFullAccess', ['sqs:*']],
  ['AWSLambda_FullAccess', ['lambda:*', 'iam:GetRole', 'iam:ListRoles']],
  ['SecretsManagerReadWrite', ['secretsmanager:*']],
  ['service-role/AWSLambdaBasicExecutionRole', ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']],
  ['ReadOnlyAccess', ['s3:Get*', 's3:List*', 'ec2:Describe*', 'iam:Get*', 'iam:List*', 'lambda:Get*', 'lambda:List*']],
];

const awsArn = ([name]: (typeof OF_AWS)[number]): string => `arn:aws:iam::aws:policy/${name}`;

function managedPolicy(Arn: string, Document: object): object {
  const version = { Document, VersionId: 'v1', IsDefaultVersion: true, CreateDate: AT };
  return { PolicyName: nameIn(Arn), Arn, DefaultVersionId: 'v1', PolicyVersionList: [version] };
}

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function policyOfAws(one: (typeof OF_AWS)[number]): object {
  const allow = { Effect: 'Allow', Action: one[1], Resource: '*' };
  return managedPolicy(awsArn(one), { Version: '2012-10-17', Statement: [allow] });
}

/** Two policies, of which the second is one of AWS's own more often than not; one role in a hundred is an administrator. */
function attachedTo(account: string, index: number, policies: number): readonly string[] {
  const random = chance(index + 7_000_000);
  const shared = () => policyArn(account, Math.floor(random() * policies));
  const kind = random();
  const second = kind < 0.01 ? awsArn(OF_AWS[0]!) : kind < 0.6 ? awsArn(pick(random, OF_AWS.slice(1))) : shared();
  return [...new Set([shared(), second])];
}

function role(account: string, index: number, policies: number): object {
  const service = index % 5 === 0 ? 'ec2.amazonaws.com' : 'lambda.amazonaws.com';
  const allow = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: policyArn(account, index % 20) } };
  return {
    ...{ Path: '/', RoleName: `runs-${index}`, RoleId: `AROA${index}`, Arn: roleArn(account, index), CreateDate: AT },
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [allow] },
    RolePolicyList: [{ PolicyName: 'own', PolicyDocument: documentOf(account, 1000 + index, 1) }],
    AttachedManagedPolicies: attachedTo(account, index, policies).map((PolicyArn) => ({
      PolicyName: nameIn(PolicyArn),
      PolicyArn,
    })),
    Tags: [{ Key: 'team', Value: `team-${index % 40}` }],
    ...(index % 7 === 0 ? boundary : {}),
  };
}

const lambda = (account: string, index: number, nth: number): object => ({
  FunctionName: `does-${index}-${nth}`,
  FunctionArn: `arn:aws:lambda:${REGION}:${account}:function:does-${index}-${nth}`,
  Role: roleArn(account, index),
  Runtime: 'nodejs22.x',
  PackageType: 'Zip',
  LastModified: '2025-06-01T00:00:00.000+0000',
});

const functionsOf = (account: string, index: number): readonly object[] =>
  range(index % 7 === 1 ? 2 + (index % 8) : 1).map((nth) => lambda(account, index, nth));

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const idOf = (index: number): string => String(111_122_223_333 + index);

/** What an account of the organization has. */
interface Size {
  readonly roles: number;
  readonly policies: number;
}

/** Roles with two shared policies and one of their own; four in five run a function, and one in seven of these several. */
function writeAccount(folder: string, account: string, { roles, policies }: Size): string {
  mkdirSync(join(folder, account, REGION), { recursive: true });
  const write = (file: string, content: object) => writeFileSync(join(folder, account, file), JSON.stringify(content));
  write('authorization-details.json', {
    ...{ UserDetailList: [], GroupDetailList: [] },
    RoleDetailList: range(roles).map((index) => role(account, index, policies)),
    Policies: [
      ...range(policies).map((index) => managedPolicy(policyArn(account, index), documentOf(account, index, 2))),
      ...OF_AWS.map(policyOfAws),
    ],
  });
  const running = range(roles).filter((index) => index % 5 !== 0);
  write(`${REGION}/functions.json`, { Functions: running.flatMap((index) => functionsOf(account, index)) });
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
