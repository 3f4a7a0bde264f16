import { AccountClient, paginateListRegions } from '@aws-sdk/client-account';
import { UsageError } from '../../errors.ts';
import { attempt } from '../organization_plan.ts';
import { type CoverageRow, GLOBAL, type NotReadable, type Region, type Scope } from '../source.ts';
import { asNotReadable } from './errors.ts';
import type { OpenSession } from './session.ts';

/** IAM action that tells which regions an account has enabled. */
export const regionsAction = 'account:ListRegions';

/** Regions of AWS by name, and whether an account has them enabled. */
export type Regions = ReadonlyMap<Region, boolean>;

/** Regions, as the account of the session has them. @throws NotReadable when they cannot be listed to the end. */
async function regionsOf(session: OpenSession): Promise<Regions> {
  const client = session.client(AccountClient, GLOBAL);
  const regions = new Map<Region, boolean>();
  try {
    for await (const { Regions = [] } of paginateListRegions({ client }, {})) {
      for (const { RegionName, RegionOptStatus } of Regions) {
        if (RegionName !== undefined) regions.set(RegionName, RegionOptStatus?.startsWith('ENABLED') ?? false);
      }
    }
  } catch (error) {
    throw asNotReadable(error, `${regionsAction} in ${GLOBAL}`);
  }
  return regions;
}

/**
 * Regions of a scope; without any named, all there are.
 * @throws UsageError for a name that AWS does not know; without a list of regions nobody can tell.
 */
export async function regionsOfScope(session: OpenSession, { regions: named }: Scope): Promise<readonly Region[]> {
  if (named.length === 0) return [...(await regionsOf(session)).keys()].sort();
  const { value: known } = await attempt(() => regionsOf(session));
  if (known === null || known.size === 0) return named;
  const unknown = named.filter((region) => !known.has(region));
  if (unknown.length === 0) return named;
  throw new UsageError(`AWS has no regions ${unknown.join(', ')}. Name some of ${[...known.keys()].sort().join(', ')}`);
}

const requestsOf = ({ calls }: OpenSession): number => [...calls.values()].reduce((sum, count) => sum + count, 0);

const regionsCoverage = (
  accountId: string,
  reason: NotReadable | null,
  effort: Pick<CoverageRow, 'rows' | 'api_calls' | 'duration_ms'>,
): CoverageRow => ({
  account_id: accountId,
  region: GLOBAL,
  resource: 'regions',
  status: reason?.status ?? 'ok',
  error_code: reason?.code ?? null,
  message: reason?.message ?? null,
  ...effort,
});

/**
 * Regions of an account that is being opened; null when nobody can tell.
 * @param openedBy sessions whose requests opened the account: they count with those of its list of regions.
 */
export async function regionsOfOpened(
  session: OpenSession,
  openedBy: OpenSession,
  startedAt: number,
): Promise<{ readonly regions: Regions | null; readonly coverage: CoverageRow }> {
  const { value: regions, reason } = await attempt(() => regionsOf(session));
  const effort = {
    rows: regions?.size ?? 0,
    api_calls: requestsOf(openedBy) + requestsOf(session),
    duration_ms: Math.round(performance.now() - startedAt),
  };
  return { regions, coverage: regionsCoverage(session.accountId, reason, effort) };
}
