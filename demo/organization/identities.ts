import { pastMoment, uniqueId } from '../seeded.ts';
import type { Document } from './documents.ts';
import type { Account, Group, LambdaFunction, ManagedPolicy, Role, User } from './model.ts';

type Given<T> = Partial<Omit<T, 'name' | 'arn'>>;

/** Adds a role to the account; what is not given is empty. */
export function addRole(account: Account, name: string, trust: Document, given: Given<Role> = {}): Role {
  const role: Role = {
    ...identity(account, 'role', 'AROA', name, given.path),
    trust,
    boundary: null,
    tags: {},
    lastUsed: 'weekly',
    ...given,
  };
  account.roles.push(role);
  return role;
}

export function addUser(account: Account, name: string, given: Given<User> = {}): User {
  const user: User = {
    ...identity(account, 'user', 'AIDA', name, given.path),
    boundary: null,
    tags: {},
    groups: [],
    ...given,
  };
  account.users.push(user);
  return user;
}

export function addGroup(account: Account, name: string, given: Given<Group> = {}): Group {
  const group: Group = { ...identity(account, 'group', 'AGPA', name, given.path), ...given };
  account.groups.push(group);
  return group;
}

/** Adds a customer-managed policy; the last document is in force unless said otherwise. */
export function addPolicy(
  account: Account,
  name: string,
  documents: readonly Document[],
  given: Pick<Partial<ManagedPolicy>, 'path' | 'defaultVersion'> = {},
): ManagedPolicy {
  const path = given.path ?? '/';
  const policy: ManagedPolicy = {
    name,
    path,
    arn: `arn:aws:iam::${account.id}:policy${path}${name}`,
    id: uniqueId('ANPA', `${account.id} policy ${name}`),
    versions: documents.map((of, i) => ({ document: of, createdAt: `2025-0${i + 1}-12T09:30:00.000Z` })),
    ...given,
  };
  account.policies.push(policy);
  return policy;
}

/** Adds a function; what is not given is what Lambda sets by default. */
export function addFunction(
  account: Account,
  region: string,
  name: string,
  role: Role,
  given: Given<LambdaFunction> = {},
): LambdaFunction {
  const arn = `arn:aws:lambda:${region}:${account.id}:function:${name}`;
  const added: LambdaFunction = {
    name,
    region,
    arn,
    role: role.arn,
    lastModified: pastMoment(arn),
    runtime: 'nodejs22.x',
    memory: 256,
    timeout: 30,
    tags: {},
    environment: [],
    kmsKey: null,
    inVpc: false,
    layers: [],
    versions: [],
    aliases: {},
    policies: {},
    urls: {},
    eventSources: [],
    ...given,
  };
  account.functions.push(added);
  return added;
}

function identity(account: Account, kind: string, prefix: string, name: string, path = '/') {
  const arn = `arn:aws:iam::${account.id}:${kind}${path}${name}`;
  return {
    name,
    arn,
    path,
    id: uniqueId(prefix, arn),
    createdAt: pastMoment(arn),
    inline: {},
    attached: [],
  };
}
