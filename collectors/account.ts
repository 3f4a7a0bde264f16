import type { CollectedAccount } from '../analysis/collected.ts';
import { grouped } from '../analysis/grouped.ts';
import { attachmentsOf } from './attachments.ts';
import type { Everything, Resource } from './found.ts';
import type { ListedFunction, Listing, Place } from './listing.ts';
import { tagColumns } from './ownership.ts';
import { read, unread } from './reading.ts';
import { allListings } from './resources/all.generated.ts';
import {
  type AccountReader,
  type AccountRow,
  type CoverageRow,
  GLOBAL,
  NotReadable,
  type Region,
  type Source,
} from './source.ts';

const listingsOf = (scope: Listing['scope']): readonly Listing[] =>
  (allListings as readonly Listing[]).filter((listing) => listing.scope === scope);

const nothing = (): Everything => ({
  roles: [],
  users: [],
  groups: [],
  policies: [],
  functions: [],
  function_versions: [],
  function_policies: [],
  function_urls: [],
  event_source_mappings: [],
  function_tags: [],
  microvms: [],
  capacity_providers: [],
  aliases: [],
});

/** What was read so far, and what became of each listing. */
interface Gathered {
  readonly everything: Everything;
  readonly coverage: CoverageRow[];
}

function listedFunctions({ everything, coverage }: Gathered, region: Region): readonly ListedFunction[] {
  const versions = grouped(everything.function_versions, ({ function_arn }) => function_arn);
  const aliases = grouped(everything.aliases, ({ functionArn }) => functionArn);
  const aliasesRead = isRead(coverage, 'function_versions', region);
  return everything.functions
    .filter((row) => row.region === region)
    .map(({ function_name, function_arn }) => ({
      name: function_name,
      arn: function_arn,
      versions: (versions.get(function_arn) ?? []).map(({ version }) => version),
      aliases: aliasesRead ? (aliases.get(function_arn) ?? []).map(({ name }) => name) : null,
    }));
}

const isRead = (coverage: readonly CoverageRow[], resource: Resource, region: Region): boolean =>
  coverage.some((row) => row.resource === resource && row.region === region && row.status === 'ok');

async function readAll(
  reader: AccountReader,
  listings: readonly Listing[],
  place: Place,
  gathered: Gathered,
  signal: AbortSignal,
): Promise<void> {
  const answers = await Promise.all(listings.map((listing) => read(reader, listing, place, signal)));
  for (const { found, coverage } of answers) {
    for (const name of Object.keys(found) as (keyof Everything)[]) add(gathered.everything, name, found);
    gathered.coverage.push(...coverage);
  }
}

function add<K extends keyof Everything>(everything: Everything, name: K, found: Partial<Everything>): void {
  const target: Everything[K][number][] = everything[name];
  for (const one of found[name] ?? []) target.push(one);
}

/** Function by function can only be asked what was listed: without the list, nobody looked. */
function unlisted(place: Place): NotReadable {
  return new NotReadable(
    'error',
    `functions of ${place.region} were not read, so this could not be asked for`,
    'Unlisted',
  );
}

async function readRegion(
  reader: AccountReader,
  accountId: string,
  region: Region,
  gathered: Gathered,
  signal: AbortSignal,
): Promise<void> {
  const place: Place = { accountId, region, functions: [] };
  await readAll(reader, listingsOf('region'), place, gathered, signal);
  for (const scope of ['function', 'qualifier'] as const) {
    if (isRead(gathered.coverage, 'functions', region)) {
      const functions = listedFunctions(gathered, region);
      await readAll(reader, listingsOf(scope), { ...place, functions }, gathered, signal);
    } else {
      gathered.coverage.push(...listingsOf(scope).flatMap((listing) => unread(listing, place, unlisted(place))));
    }
  }
}

async function gather(
  source: Source,
  account: AccountRow,
  regions: readonly Region[],
  signal: AbortSignal,
): Promise<Gathered> {
  const gathered: Gathered = { everything: nothing(), coverage: [] };
  const accountId = account.account_id;
  const global: Place = { accountId, region: GLOBAL, functions: [] };
  try {
    const reader = await source.open(account, signal);
    await Promise.all([
      readAll(reader, listingsOf('account'), global, gathered, signal),
      ...regions.map((region) => readRegion(reader, accountId, region, gathered, signal)),
    ]);
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    const places = [global, ...regions.map((region) => ({ ...global, region }))];
    gathered.coverage.push(...places.flatMap((place) => unopened(place, error)));
  }
  return gathered;
}

const unopened = (place: Place, reason: NotReadable): CoverageRow[] =>
  (allListings as readonly Listing[])
    .filter(({ scope }) => (scope === 'account') === (place.region === GLOBAL))
    .flatMap((listing) => unread(listing, place, reason));

function withAliases(everything: Everything): CollectedAccount['functionVersions'] {
  const aliases = grouped(everything.aliases, ({ functionArn }) => functionArn);
  return everything.function_versions.map((row) => ({
    ...row,
    aliases: (aliases.get(row.function_arn) ?? [])
      .filter(({ versions }) => versions.includes(row.version))
      .map(({ name }) => name)
      .sort(),
  }));
}

function withTags({
  functions,
  microvms,
  capacity_providers,
  function_tags,
}: Everything): CollectedAccount['functions'] {
  const tags = new Map(function_tags.map((tagged) => [tagged.arn, tagged.tags]));
  return [...functions, ...microvms, ...capacity_providers].map((row) => {
    const own = tags.get(row.function_arn);
    return own === undefined ? row : { ...row, ...tagColumns(own) };
  });
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
  const { everything, coverage } = await gather(source, account, regions, signal);
  const { roles, users, groups, policies } = everything;
  return {
    accountId: account.account_id,
    functions: withTags(everything),
    functionVersions: withAliases(everything),
    functionPolicies: everything.function_policies,
    functionUrls: everything.function_urls,
    eventSources: everything.event_source_mappings,
    roles: roles.map(({ row }) => row),
    users: users.map(({ row }) => row),
    groups: groups.map(({ row }) => row),
    policies: [...policies, ...[...roles, ...users, ...groups].flatMap(({ inline }) => inline)],
    policyAttachments: attachmentsOf(everything),
    coverage,
  };
}
