import { awsManagedPolicies } from '../organization/aws_managed_policies.ts';
import { type Document, listOf, type Statement, statementsOf } from '../organization/documents.ts';
import type { Account, Role } from '../organization/model.ts';

/** Statements of an account's roles that allow a whole service; a policy of several roles counts once. */
export function serviceWildcards(account: Account): number {
  const roles = account.roles.filter(({ path }) => !path.startsWith('/aws-service-role/'));
  const inline = roles.flatMap((role) => Object.values(role.inline)).map(parsed);
  const attached = [...new Set(roles.flatMap((role) => role.attached))].map((arn) => inForce(account, arn));
  return [...inline, ...attached].flatMap(statementsOf).filter(allowsService).length;
}

const allowsService = ({ Effect, Action }: Statement): boolean =>
  Effect === 'Allow' && listOf(Action).some((action) => /^[^*:]+:\*$/.test(action));

/** Roles with an Allow of `*` or `*:*` on `*`, whatever blocks it. */
export const adminRoles = (account: Account): readonly Role[] =>
  account.roles.filter((role) => {
    const documents = [...Object.values(role.inline).map(parsed), ...role.attached.map((arn) => inForce(account, arn))];
    return documents.flatMap(statementsOf).some(allowsEverything);
  });

const allowsEverything = ({ Effect, Action, Resource }: Statement): boolean =>
  Effect === 'Allow' &&
  listOf(Action).some((action) => action === '*' || action === '*:*') &&
  listOf(Resource).includes('*');

const parsed = (of: Document | string): Document => (typeof of === 'string' ? JSON.parse(decodeURIComponent(of)) : of);

function inForce(account: Account, arn: string): Document {
  const policy = [...account.policies, ...awsManagedPolicies].find((each) => each.arn === arn)!;
  return policy.versions[(policy.defaultVersion ?? policy.versions.length) - 1]!.document;
}
