import { awsManagedPolicies } from '../../demo/organization/aws_managed_policies.ts';
import { type Document, listOf, type Statement, statementsOf } from '../../demo/organization/documents.ts';
import type { Account, LambdaFunction, Role, User } from '../../demo/organization/model.ts';
import { organizationAt } from '../../demo/weeks.ts';

/** The organization in its worst week. */
const organization = organizationAt('2026-11-02');
export const { accounts, rootId, units } = organization;
export const functions = accounts.flatMap((account) => account.functions);
export const roles = accounts.flatMap((account) => account.roles);
export const users = accounts.flatMap((account) => account.users);
export const managed = [...accounts.flatMap((account) => account.policies), ...awsManagedPolicies];
export const executing = new Set(functions.map(({ role }) => role));

export const parsed = (of: Document | string): Document =>
  typeof of === 'string' ? JSON.parse(decodeURIComponent(of)) : of;
export const inForce = (arn: string): Document => {
  const { versions, defaultVersion } = managed.find((policy) => policy.arn === arn)!;
  return versions[(defaultVersion ?? versions.length) - 1]!.document;
};
export const granted = (of: Role | User): readonly Statement[] =>
  [...Object.values(of.inline).map(parsed), ...of.attached.map(inForce)].flatMap(statementsOf);

export const someRole = (matches: (statement: Statement, role: Role) => boolean): boolean =>
  roles.some((role) => granted(role).some((statement) => matches(statement, role)));
export const someUser = (action: string, more: (user: User) => boolean = () => true): boolean =>
  users.some((user) => granted(user).some((statement) => allows(statement, action)) && more(user));
export const allows = ({ Effect, Action }: Statement, action: string): boolean =>
  Effect === 'Allow' && listOf(Action).includes(action);
export const onAll = ({ Resource }: Statement): boolean => listOf(Resource).includes('*');
export const isAdmin = (statement: Statement): boolean =>
  (allows(statement, '*') || allows(statement, '*:*')) && onAll(statement);
export const adminRoles = roles.filter((role) => granted(role).some(isAdmin));

export const trusts = (matches: (statement: Statement) => boolean): boolean =>
  roles.some((role) => statementsOf(role.trust).some(matches));
export const principal = ({ Principal }: Statement, kind: string): readonly string[] =>
  Principal === undefined || Principal === '*' ? [] : listOf(Principal[kind]);
export const conditionKeys = ({ Condition = {} }: Statement): string[] => Object.values(Condition).flatMap(Object.keys);
export const trustsLambda = (role: Role): boolean =>
  statementsOf(role.trust).some((statement) => principal(statement, 'Service').includes('lambda.amazonaws.com'));

export const invokers = (matches: (statement: Statement, of: LambdaFunction, qualifier: string) => boolean): boolean =>
  functions.some((of) =>
    Object.entries(of.policies).some(([qualifier, document]) =>
      statementsOf(document).some((statement) => matches(statement, of, qualifier)),
    ),
  );
export const permissions = (role: Role): string => JSON.stringify([role.inline, role.attached.toSorted()]);
/** Whether items that agree in one thing differ in another in at least so many ways. */
export const several = <T>(
  items: readonly T[],
  same: (item: T) => string,
  other: (item: T) => string,
  atLeast = 2,
): boolean => {
  const others = new Map<string, Set<string>>();
  for (const item of items) others.set(same(item), (others.get(same(item)) ?? new Set()).add(other(item)));
  return [...others.values()].some((each) => each.size >= atLeast);
};
export const hasPolicies = (type: string, target: (id: string) => boolean): boolean =>
  organization.controlPolicies.some(
    (policy) => policy.type === type && !policy.awsManaged && policy.targets.some(target),
  );
export const isAccount = (id: string): boolean => accounts.some((account: Account) => account.id === id);
export const isUnit = (id: string): boolean => units.some((unit) => unit.id === id);
