import type { accounts } from '../tables/accounts.ts';
import type { coverage } from '../tables/coverage.ts';
import type { organizationPolicies } from '../tables/organization_policies.ts';
import type { RowOf } from '../tables/table.ts';
import type { Found } from './found.ts';
import type { Listing, Place } from './listing.ts';

/** An AWS region, or `global` for IAM and the organization. */
export type Region = string;
export const GLOBAL: Region = 'global';

export type AccountRow = RowOf<typeof accounts>;
export type CoverageRow = RowOf<typeof coverage>;
export type OrganizationPolicyRow = RowOf<typeof organizationPolicies>;
export type CoverageStatus =
  | 'ok'
  | 'denied'
  | 'region_disabled'
  | 'role_missing'
  | 'account_inactive'
  | 'throttled'
  | 'error'
  | 'not_provided';

/** Which part of the organization a run reads; an empty list means all there is. */
export interface Scope {
  readonly accounts: readonly string[];
  readonly regions: readonly Region[];
}

/** What a run sets out to read: read once, before any account is opened. */
export interface Plan {
  /** All that are known, in the scope of the run or not: an account that is not asked must not read as gone. */
  readonly accounts: readonly AccountRow[];
  readonly regions: readonly Region[];
  readonly organizationPolicies: readonly OrganizationPolicyRow[];
  /** Accounts of the organization; null when their list was not read. */
  readonly members: readonly string[] | null;
  /** Of the organization itself (resources `accounts`, `organization_policies`), under the management account. */
  readonly coverage: readonly CoverageRow[];
}

/** Where an organization is read from: live AWS, or a folder of exports. */
export interface Source {
  plan(scope: Scope, signal: AbortSignal): Promise<Plan>;
  /** @throws NotReadable when nothing of the account can be read (no role, no folder, inactive). */
  open(account: AccountRow, signal: AbortSignal): Promise<AccountReader>;
}

/** Requests sent so far, by `callKey`; retries count. */
export type CallCounts = ReadonlyMap<string, number>;

/** Key of the calls of one API action, such as `lambda:ListFunctions`, in one region (or `global`). */
export const callKey = (region: Region, action: string): string => `${region} ${action}`;

export interface AccountReader {
  /** What was asked to open the account, and how that went; nothing of an export. */
  readonly coverage: readonly CoverageRow[];
  /**
   * What one listing tells at one place, answer by answer.
   * @throws NotReadable when the listing could not be read to its end; what it gave before must then be dropped.
   */
  read(listing: Listing, place: Place): AsyncIterable<Found>;
  /** Null for exports: somebody else sent the requests. */
  readonly calls: CallCounts | null;
}

/** Why something could not be read: becomes a row of coverage, never an empty answer. */
export class NotReadable extends Error {
  constructor(
    readonly status: Exclude<CoverageStatus, 'ok'>,
    /** What happened and where (file, action), in words. */
    message: string,
    readonly code: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'NotReadable';
  }
}
