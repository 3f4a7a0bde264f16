import type { Statement } from './policy.ts';
import { grantsAdmin } from './statements.ts';

/** Columns of roles and users that say whether a principal is admin. */
export interface Admin {
  readonly is_admin: boolean | null;
  readonly admin_conditional: boolean | null;
  readonly admin_via: readonly string[];
}

/** Statements in force of a policy, by its id; undefined when it was not read. */
export type StatementsOf = (policyId: string) => readonly Statement[] | undefined;

/**
 * Whether attached policies make a principal admin, whatever blocks them.
 * @param attached ids of the policies that grant: managed, inline and through groups, but no boundary
 */
export function adminBy(attached: readonly string[], statementsOf: StatementsOf): Admin {
  const policies = [...new Set(attached)].sort().map((id) => ({ id, statements: statementsOf(id) }));
  const granting = policies.flatMap(({ id, statements = [] }) =>
    statements.filter(grantsAdmin).map(({ conditions }) => ({ id, always: conditions.length === 0 })),
  );
  const unclear = policies.some(({ statements }) => statements?.some(({ effect }) => effect === 'unknown') ?? true);
  const certain = granting.some(({ always }) => always);
  return {
    is_admin: granting.length > 0 || (unclear ? null : false),
    admin_conditional: certain ? false : unclear ? null : granting.length > 0,
    admin_via: [...new Set(granting.map(({ id }) => id))],
  };
}
