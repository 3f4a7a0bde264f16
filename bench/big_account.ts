import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ACCOUNT = '111122223333';
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
function statement(seed: number): object {
  const [service, names] = pick(USES, seed * 7 + (seed >> 3));
  const some = names.slice(0, 1 + (seed % names.length));
  const Action = seed % 17 === 0 ? `${service}:*` : some.map((name) => `${service}:${name}`);
  const Resource = seed % 3 === 0 ? '*' : `arn:aws:${service}:*:${ACCOUNT}:thing/${seed}/*`;
  const condition = seed % 23 === 0 ? { Condition: { StringEquals: { 'aws:RequestedRegion': REGION } } } : {};
  return { Effect: seed % 41 === 0 ? 'Deny' : 'Allow', Action, Resource, ...condition };
}

const documentOf = (seed: number, count: number): object => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: count }, (_, index) => statement(seed * 5 + index)),
});

const policyArn = (index: number): string => `arn:aws:iam::${ACCOUNT}:policy/shared-${index}`;
const roleArn = (index: number): string => `arn:aws:iam::${ACCOUNT}:role/runs-${index}`;

function policy(index: number): object {
  const version = { Document: documentOf(index, 2 + (index % 4)), VersionId: 'v1', IsDefaultVersion: true };
  return {
    ...{ PolicyName: `shared-${index}`, Arn: policyArn(index), DefaultVersionId: 'v1' },
    PolicyVersionList: [{ ...version, CreateDate: AT }],
  };
}

function role(index: number, policies: number): object {
  const service = index % 5 === 0 ? 'ec2.amazonaws.com' : 'lambda.amazonaws.com';
  const allow = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const attached = [index % policies, (index * 13 + 1) % policies];
  const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: policyArn(index % 20) } };
  return {
    ...{ Path: '/', RoleName: `runs-${index}`, RoleId: `AROA${index}`, Arn: roleArn(index), CreateDate: AT },
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [allow] },
    RolePolicyList: [{ PolicyName: 'own', PolicyDocument: documentOf(1000 + index, 1 + (index % 4)) }],
    AttachedManagedPolicies: attached.map((one) => ({ PolicyName: `shared-${one}`, PolicyArn: policyArn(one) })),
    Tags: [{ Key: 'team', Value: `team-${index % 40}` }],
    ...(index % 7 === 0 ? boundary : {}),
  };
}

const lambda = (index: number): object => ({
  FunctionName: `does-${index}`,
  FunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:does-${index}`,
  Role: roleArn(index),
  Runtime: 'nodejs22.x',
  PackageType: 'Zip',
  LastModified: '2025-06-01T00:00:00.000+0000',
});

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/**
 * Writes the export of one account: roles with two shared policies and one of their own, four in five run a function.
 * @returns the file with the policies
 */
export function writeBigAccount(folder: string, roles: number): string {
  const policies = 400;
  const runs = range(roles);
  mkdirSync(join(folder, ACCOUNT, REGION), { recursive: true });
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  const arn = `arn:aws:organizations::${ACCOUNT}:account/o-bench/${ACCOUNT}`;
  write('organization.json', { Accounts: [{ Id: ACCOUNT, Arn: arn, Name: 'bench', Status: 'ACTIVE' }] });
  const details = `${ACCOUNT}/authorization-details.json`;
  write(details, {
    ...{ UserDetailList: [], GroupDetailList: [] },
    RoleDetailList: runs.map((index) => role(index, policies)),
    Policies: range(policies).map(policy),
  });
  write(`${ACCOUNT}/${REGION}/functions.json`, { Functions: runs.filter((index) => index % 5 !== 0).map(lambda) });
  return join(folder, details);
}
