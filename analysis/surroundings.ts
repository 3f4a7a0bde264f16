import type { organizationPolicies } from '../tables/organization_policies.ts';
import type { RowOf } from '../tables/table.ts';

/** The organization, as an account stands in it. */
export interface Organization {
  readonly id: string;
  /** Ids from the organization down to what holds the account, as in aws:PrincipalOrgPaths; null when nobody read them. */
  readonly path: string | null;
}

/** As the row of an account tells it. */
export function organizationOf(account: {
  readonly organization_id: string | null;
  readonly organization_path: string | null;
}): Organization | null {
  const { organization_id: id, organization_path: path } = account;
  return id === null ? null : { id, path };
}

/** What decides about an account and cannot be read in it. */
export interface Surroundings {
  /** SCPs and RCPs that reach the account; those of other accounts are not among them. */
  readonly controlPolicies: readonly RowOf<typeof organizationPolicies>[];
  /** False when nobody read the policies of the organization: there may be any. */
  readonly covered: boolean;
  /** Control policies never bind the management account. */
  readonly isManagement: boolean;
  /** Accounts of the organization; null when their list was not read. */
  readonly members: readonly string[] | null;
  /** Null when the account is in none, or nobody knows. */
  readonly organization: Organization | null;
}
