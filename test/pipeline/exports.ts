import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A small account for an export folder, as far as a test cares. */
export interface SmallAccount {
  readonly id: string;
  /** Names of roles that trust Lambda. */
  readonly roles: readonly string[];
  /** Role names by function name. */
  readonly functions?: Readonly<Record<string, string>>;
  /** When the account saw AWS change AdministratorAccess, which its first role has. */
  readonly adminAsOf?: string;
}

const region = 'eu-west-1';
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const allowAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const roleArn = (id: string, name: string): string => `arn:aws:iam::${id}:role/${name}`;

function role({ id, adminAsOf, roles }: SmallAccount, name: string): object {
  const attached = adminAsOf !== undefined && name === roles[0];
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${id}${name}`,
    Arn: roleArn(id, name),
    CreateDate: '2025-03-04T05:06:07+00:00',
    AssumeRolePolicyDocument: trust,
    InstanceProfileList: [],
    RolePolicyList: [],
    AttachedManagedPolicies: attached ? [{ PolicyName: 'AdministratorAccess', PolicyArn: admin }] : [],
    Tags: [{ Key: 'team', Value: 'payments' }],
    RoleLastUsed: {},
  };
}

const adminPolicy = (asOf: string): object => ({
  PolicyName: 'AdministratorAccess',
  Arn: admin,
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ Document: allowAll, VersionId: 'v1', IsDefaultVersion: true, CreateDate: asOf }],
});

const lambda = (id: string, name: string, roleName: string): object => ({
  FunctionName: name,
  FunctionArn: `arn:aws:lambda:${region}:${id}:function:${name}`,
  Runtime: 'nodejs22.x',
  Role: roleArn(id, roleName),
  LastModified: '2025-12-01T10:00:00.000+0000',
  Version: '$LATEST',
  PackageType: 'Zip',
});

function write(path: string, content: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content, null, 4));
}

/** Writes the list of accounts alone. */
export function writeList(folder: string, accounts: readonly Pick<SmallAccount, 'id'>[]): void {
  const listed = accounts.map(({ id }) => ({
    Id: id,
    Arn: `arn:aws:organizations::${accounts[0]?.id}:account/o-example/${id}`,
    Name: `account-${id}`,
    State: 'ACTIVE',
  }));
  write(join(folder, 'organization.json'), { Accounts: listed });
}

/** Writes the exports of an organization as the AWS CLI prints them, and returns the folder. */
export function writeOrganization(folder: string, accounts: readonly SmallAccount[]): string {
  writeList(folder, accounts);
  for (const account of accounts) writeAccount(join(folder, account.id), account);
  return folder;
}

function writeAccount(folder: string, account: SmallAccount): void {
  write(join(folder, 'authorization-details.json'), {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: account.roles.map((name) => role(account, name)),
    Policies: account.adminAsOf === undefined ? [] : [adminPolicy(account.adminAsOf)],
  });
  const functions = Object.entries(account.functions ?? {}).map(([name, roleName]) =>
    lambda(account.id, name, roleName),
  );
  write(join(folder, region, 'functions.json'), { Functions: functions });
}
