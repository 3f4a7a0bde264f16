import { fewNames } from './few_names.ts';
import { type Everything, type Found, identities, type Kind, type Kinds, type Resource } from './found.ts';
import { leftOut } from './left_out.ts';
import type { Listing, Place } from './listing.ts';
import { type AccountReader, type CoverageRow, callKey, NotReadable } from './source.ts';

interface Effort {
  readonly api_calls: number;
  readonly duration_ms: number | null;
}

/** What became of one listing at one place. */
export interface Reading {
  readonly listing: Listing;
  readonly place: Place;
  /** Empty unless it was read to its end. */
  readonly answers: readonly Found[];
  /** Why it was not read to its end; null when it was. */
  readonly reason: NotReadable | null;
  readonly effort: Effort;
}

const noEffort: Effort = { api_calls: 0, duration_ms: null };

/** A listing that nobody asked. */
export const notAsked = (listing: Listing, place: Place, reason: NotReadable): Reading => ({
  listing,
  place,
  answers: [],
  reason,
  effort: noEffort,
});

const callsOf = ({ calls }: AccountReader, { actions }: Listing, { region }: Place): number =>
  actions.reduce((sum, action) => sum + (calls?.get(callKey(region, action)) ?? 0), 0);

/** Measures the requests and the time of a reading; an export was read by somebody else. */
function stopwatch(reader: AccountReader, listing: Listing, place: Place): () => Effort {
  if (reader.calls === null) return () => noEffort;
  const startedAt = performance.now();
  const callsBefore = callsOf(reader, listing, place);
  return () => ({
    api_calls: callsOf(reader, listing, place) - callsBefore,
    duration_ms: Math.round(performance.now() - startedAt),
  });
}

/** Reads a listing at a place to its end. @throws only on abort or for a fault of rolecall itself. */
export async function read(
  reader: AccountReader,
  listing: Listing,
  place: Place,
  signal: AbortSignal,
): Promise<Reading> {
  signal.throwIfAborted();
  const effort = stopwatch(reader, listing, place);
  const answers: Found[] = [];
  try {
    for await (const answer of reader.read(listing, place)) {
      signal.throwIfAborted();
      answers.push(answer);
    }
    return { listing, place, answers, reason: null, effort: effort() };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NotReadable)) throw error;
    return { listing, place, answers: [], reason: error, effort: effort() };
  }
}

/** Why a resource was not read; null when it was. */
export const reasonOf = (readings: readonly Reading[], resource: Resource): NotReadable | null =>
  readings.find(({ listing }) => listing.resources.includes(resource))?.reason ?? null;

/** Whether the listing that tells all of a resource was read to its end. */
export const wasRead = (readings: readonly Reading[], resource: Resource): boolean =>
  readings.some(({ listing, reason }) => reason === null && listing.resources.includes(resource));

const resourceOf = (kind: Kind): Resource => (kind === 'aliases' ? 'function_versions' : kind);

/** Items of one kind, each once, in the order of what names them. */
export function itemsOf<K extends Kind>(readings: readonly Reading[], kind: K): Kinds[K][] {
  const nameOf = identities[kind] as (item: Kinds[K]) => string;
  const found = readings.flatMap(({ answers }) => answers.flatMap((answer) => (answer[kind] ?? []) as Kinds[K][]));
  const items = new Map(found.map((item) => [nameOf(item), item]));
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/**
 * Everything that the readings of one place found.
 * What one listing told in passing counts only if the listing whose business it is was read to its end too.
 */
export function everythingOf(readings: readonly Reading[]): Everything {
  const kinds = Object.keys(identities) as Kind[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, wasRead(readings, resourceOf(kind)) ? itemsOf(readings, kind) : []]),
  ) as unknown as Everything;
}

/** Coverage of one place: a row for everything that a listing tells about. */
export function coverageOf(readings: readonly Reading[]): CoverageRow[] {
  const everything = everythingOf(readings);
  return readings.flatMap((reading) =>
    reading.listing.resources.map((resource, position) => coverageRow(reading, resource, position, everything)),
  );
}

/** Names that an answer gave twice, for different things: one of them is lost, which must be said. */
function ambiguous({ answers }: Reading, resource: Resource): string[] {
  const nameOf = identities[resource] as (item: unknown) => string;
  const known = new Map<string, unknown>();
  const names = new Set<string>();
  for (const item of answers.flatMap((answer): readonly unknown[] => answer[resource] ?? [])) {
    const name = nameOf(item);
    if (known.has(name) && JSON.stringify(known.get(name)) !== JSON.stringify(item)) names.add(name);
    known.set(name, item);
  }
  return names.size === 0 ? [] : [`listed twice and differently, the last one counts: ${fewNames([...names])}`];
}

function coverageRow(reading: Reading, resource: Resource, position: number, everything: Everything): CoverageRow {
  const { place, answers, effort } = reading;
  const gap = answers.find((answer) => answer.gap?.resource === resource)?.gap;
  const reason = reading.reason ?? gap?.reason ?? leftOut(everything, resource);
  const notes = [...answers.flatMap(({ note }) => note ?? []), ...ambiguous(reading, resource)];
  return {
    account_id: place.accountId,
    region: place.region,
    resource,
    status: reason?.status ?? 'ok',
    error_code: reason?.code ?? null,
    message: reason?.message ?? (notes.join('; ') || null),
    rows: reason === undefined ? everything[resource].length : 0,
    duration_ms: effort.duration_ms,
    // Requests that told about several resources are counted once.
    api_calls: position === 0 ? effort.api_calls : 0,
  };
}
