import { awsManagedPolicies } from '../organization/aws_managed_policies.ts';
import { type Document, listOf, type Statement, statementsOf } from '../organization/documents.ts';
import type { Account } from '../organization/model.ts';

/** Statements of an account's roles that allow a whole service; a policy of several roles counts once. */
export function serviceWildcards(account: Account): number {
  const roles = account.roles.filter(({ path }) => !path.startsWith('/aws-service-role/'));
  const inline = roles.flatMap((role) => Object.values(role.inline)).map(parsed);
  const attached = [...new Set(roles.flatMap((role) => role.attached))].map((arn) => inForce(account, arn));
  return [...inline, ...attached].flatMap(statementsOf).filter(allowsService).length;
}

const allowsService = ({ Effect, Action }: Statement): boolean =>
  Effect === 'Allow' && listOf(Action).some((action) => /^[^*:]+:\*$/.test(action));

const parsed = (of: Document | string): Document => (typeof of === 'string' ? JSON.parse(decodeURIComponent(of)) : of);

function inForce(account: Account, arn: string): Document {
  const policy = [...account.policies, ...awsManagedPolicies].find((each) => each.arn === arn)!;
  return policy.versions[(policy.defaultVersion ?? policy.versions.length) - 1]!.document;
}
