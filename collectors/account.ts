import type { CollectedAccount } from '../analysis/collected.ts';
import { grouped } from '../analysis/grouped.ts';
import { attachmentsOf } from './attachments.ts';
import type { Everything, Kind } from './found.ts';
import type { Place } from './listing.ts';
import { coverageOf, everythingOf, notAsked, type Reading } from './reading.ts';
import { listingsOf, readRegion, readScope } from './region.ts';
import { type AccountRow, type CoverageRow, GLOBAL, NotReadable, type Region, type Source } from './source.ts';

const placeIn = (accountId: string, region: Region): Place => ({ accountId, region, functions: [] });

/** Readings of the account as a whole, and of each region. */
type ByPlace = readonly (readonly Reading[])[];

interface Gathered {
  readonly places: ByPlace;
  /** Of opening the account. */
  readonly opening: readonly CoverageRow[];
}

async function readPlaces(
  source: Source,
  account: AccountRow,
  regions: readonly Region[],
  signal: AbortSignal,
): Promise<Gathered> {
  const reader = await source.open(account, signal);
  const places = await Promise.all([
    readScope(reader, 'account', placeIn(account.account_id, GLOBAL), signal),
    ...regions.map((region) => readRegion(reader, placeIn(account.account_id, region), signal)),
  ]);
  return { places, opening: reader.coverage };
}

/** Nothing of the account can be read: that is said of everything it would have been asked. */
function unopened(accountId: string, regions: readonly Region[], reason: NotReadable): ByPlace {
  const regional = listingsOf('region', 'function', 'qualifier');
  return [
    listingsOf('account').map((listing) => notAsked(listing, placeIn(accountId, GLOBAL), reason)),
    ...regions.map((region) => regional.map((listing) => notAsked(listing, placeIn(accountId, region), reason))),
  ];
}

/** Without any region nobody looked for functions, which must not read as if there were none. */
function unplaced(accountId: string): readonly Reading[] {
  const reason = new NotReadable('not_provided', 'no region was named or found, so functions were not looked for');
  const regional = listingsOf('region', 'function', 'qualifier');
  return regional.map((listing) => notAsked(listing, placeIn(accountId, GLOBAL), reason));
}

async function gather(
  source: Source,
  account: AccountRow,
  regions: readonly Region[],
  signal: AbortSignal,
): Promise<Gathered> {
  try {
    return await readPlaces(source, account, regions, signal);
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    return { places: unopened(account.account_id, regions, error), opening: [] };
  }
}

function withAliases({ aliases, function_versions }: Everything): CollectedAccount['functionVersions'] {
  const ofFunction = grouped(aliases, ({ functionArn }) => functionArn);
  return function_versions.map((row) => ({
    ...row,
    aliases: (ofFunction.get(row.function_arn) ?? [])
      .filter(({ versions }) => versions.includes(row.version))
      .map(({ name }) => name),
  }));
}

/** Columns of functions that other listings tell, by ARN. */
function toldElsewhere({ function_tags, code_signing_configs }: Everything): ReadonlyMap<string, object> {
  const told = new Map<string, object>();
  const add = (arn: string, more: object): unknown => told.set(arn, { ...told.get(arn), ...more });
  for (const { arn, columns } of function_tags) add(arn, columns);
  for (const { arn, enforced, functionArns } of code_signing_configs) {
    for (const signed of functionArns) add(signed, { code_signing_config_arn: arn, code_signing_enforced: enforced });
  }
  return told;
}

function functionsOf(everything: Everything): CollectedAccount['functions'] {
  const told = toldElsewhere(everything);
  const rows = [...everything.functions, ...everything.microvms, ...everything.capacity_providers];
  return rows.map((row) => ({ ...row, ...told.get(row.function_arn) }));
}

function assemble(everything: Everything): Omit<CollectedAccount, 'accountId' | 'coverage'> {
  const { roles, users, groups, policies } = everything;
  return {
    functions: functionsOf(everything),
    functionVersions: withAliases(everything),
    functionPolicies: everything.function_policies,
    functionUrls: everything.function_urls,
    eventSources: everything.event_source_mappings,
    roles: roles.map(({ row }) => row),
    users: users.map(({ row }) => row),
    groups: groups.map(({ row }) => row),
    policies: [...policies, ...[...roles, ...users, ...groups].flatMap(({ inline }) => inline)],
    policyAttachments: attachmentsOf(everything),
    usages: everything.service_last_accessed,
  };
}

/** What was found in all places, in their order. */
function together(places: readonly Everything[]): Everything {
  const kinds = Object.keys(places[0] ?? {}) as Kind[];
  const entries = kinds.map((kind) => [kind, places.flatMap((place) => place[kind] as readonly unknown[])]);
  return Object.fromEntries(entries) as Everything;
}

/**
 * Reads everything of one account that is declared in resources/.
 * What cannot be read becomes coverage, and its half-read rows are dropped.
 * @throws only when the signal is aborted, or when rolecall itself is at fault.
 */
export async function collectAccount(
  source: Source,
  account: AccountRow,
  regions: readonly Region[],
  signal: AbortSignal,
): Promise<CollectedAccount> {
  const accountId = account.account_id;
  const { places, opening } = await gather(source, account, regions.toSorted(), signal);
  const asked = regions.length > 0 ? places : [...places, unplaced(accountId)];
  return {
    accountId,
    ...assemble(together(places.map(everythingOf))),
    coverage: [...opening, ...asked.flatMap(coverageOf)],
  };
}
