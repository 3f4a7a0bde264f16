import { grouped } from '../analysis/grouped.ts';
import type { ListedFunction, Listing, Place } from './listing.ts';
import { itemsOf, notAsked, type Reading, read, reasonOf, wasRead } from './reading.ts';
import { allListings } from './resources/all.generated.ts';
import { type AccountReader, NotReadable } from './source.ts';

export const listingsOf = (...scopes: readonly Listing['scope'][]): readonly Listing[] =>
  (allListings as readonly Listing[]).filter(({ scope }) => scopes.includes(scope));

/** Asks all listings of a scope at once. */
export const readScope = (
  reader: AccountReader,
  scope: Listing['scope'],
  place: Place,
  signal: AbortSignal,
): Promise<Reading[]> => Promise.all(listingsOf(scope).map((listing) => read(reader, listing, place, signal)));

const notYet = new NotReadable('error', 'they were not asked for yet');

/** Functions that are known so far, for the listings that ask one by one. */
function listedFunctions(readings: readonly Reading[]): ListedFunction[] {
  const versions = grouped(itemsOf(readings, 'function_versions'), ({ function_arn }) => function_arn);
  const aliases = grouped(itemsOf(readings, 'aliases'), ({ functionArn }) => functionArn);
  const unread = wasRead(readings, 'function_versions') ? null : (reasonOf(readings, 'function_versions') ?? notYet);
  return itemsOf(readings, 'functions').map(({ function_name, function_arn }) => ({
    name: function_name,
    arn: function_arn,
    versions: (versions.get(function_arn) ?? []).map(({ version }) => version),
    aliases: unread ?? (aliases.get(function_arn) ?? []).map(({ name }) => name),
  }));
}

/** Function by function can only be asked what was listed: without the list, nobody looked. */
const withoutList = ({ status, code, message }: NotReadable): NotReadable =>
  new NotReadable(status, `the functions could not be listed: ${message}`, code);

/** Reads everything of one region; each scope is asked with what the one before it found. */
export async function readRegion(reader: AccountReader, place: Place, signal: AbortSignal): Promise<Reading[]> {
  const readings = await readScope(reader, 'region', place, signal);
  const unlisted = reasonOf(readings, 'functions');
  if (unlisted !== null) {
    const skipped = listingsOf('function', 'qualifier');
    return [...readings, ...skipped.map((listing) => notAsked(listing, place, withoutList(unlisted)))];
  }
  for (const scope of ['function', 'qualifier'] as const) {
    readings.push(...(await readScope(reader, scope, { ...place, functions: listedFunctions(readings) }, signal)));
  }
  return readings;
}
