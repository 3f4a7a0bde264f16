import type { organizationPolicies } from '../tables/organization_policies.ts';
import type { RowOf } from '../tables/table.ts';

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
}
