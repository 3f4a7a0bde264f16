import type { Listing } from '../collectors/listing.ts';
import { allListings } from '../collectors/resources/all.generated.ts';
import type { AccountRow, CoverageRow, Region } from '../collectors/source.ts';
import { GLOBAL } from '../collectors/source.ts';
import { RolecallError } from '../errors.ts';

/** What an account is incomplete without, by where it is asked for. */
const requiredOf = (scope: Listing['scope']): readonly string[] =>
  (allListings as readonly Listing[])
    .filter((listing) => listing.required && listing.scope === scope)
    .flatMap(({ resources }) => resources);

const requiredOfAccount = requiredOf('account');
const requiredOfRegion = requiredOf('region');

/** Whether an account is incomplete without it. */
export const isRequired = ({ resource }: CoverageRow): boolean =>
  requiredOfAccount.includes(resource) || requiredOfRegion.includes(resource);

/** How much of an account was read. */
export interface Completeness {
  readonly account_id: string;
  /** Everything required was read to its end, or is in a region that the account does not use. */
  readonly complete: boolean;
  /** At least something required was read. */
  readonly anything: boolean;
}

/** What the coverage of one account amounts to. */
export function completeness(account: AccountRow, coverage: readonly CoverageRow[]): Completeness {
  const required = [...requiredOfAccount, ...requiredOfRegion];
  const rows = coverage.filter(isRequired);
  const settled = rows.every(({ status }) => status === 'ok' || status === 'region_disabled');
  const asked = required.every((resource) => rows.some((row) => row.resource === resource));
  return {
    account_id: account.account_id,
    complete: settled && asked,
    anything: rows.some(({ status }) => status === 'ok'),
  };
}

/** Of an error that nobody foresaw only the kind is said: its message may quote what was being read. */
const reasonOf = (error: unknown): string =>
  error instanceof RolecallError ? error.message : error instanceof Error ? error.name : 'unknown error';

/** Coverage of an account whose collection broke off: nothing required of it was read. */
export function crashedCoverage(account: AccountRow, regions: readonly Region[], error?: unknown): CoverageRow[] {
  const what = 'Collecting this account broke off';
  const message = error === undefined ? `${what} before its rows were stored` : `${what}: ${reasonOf(error)}`;
  const row = (resource: string, region: Region): CoverageRow => ({
    account_id: account.account_id,
    region,
    resource,
    status: 'error',
    error_code: 'collector_crashed',
    message,
    rows: 0,
    api_calls: 0,
    duration_ms: null,
  });
  return [
    ...requiredOfAccount.map((resource) => row(resource, GLOBAL)),
    ...regions.flatMap((region) => requiredOfRegion.map((resource) => row(resource, region))),
  ];
}
