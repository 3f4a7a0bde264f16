import type { Everything, Found } from './found.ts';
import type { Listing, Place } from './listing.ts';
import { type AccountReader, type CoverageRow, callKey, NotReadable } from './source.ts';

/** What one listing gave at one place, or nothing when it was not read to its end; and the coverage that says so. */
export interface Reading {
  readonly found: Partial<Everything>;
  readonly coverage: readonly CoverageRow[];
}

interface Effort {
  readonly api_calls: number;
  readonly duration_ms: number | null;
}

const noEffort: Effort = { api_calls: 0, duration_ms: null };

/** Coverage of a listing that was not read: a row for everything it would have told about. */
export const unread = (
  { resources }: Listing,
  { accountId, region }: Place,
  { status, code, message }: NotReadable,
  effort: Effort = noEffort,
): CoverageRow[] =>
  resources.map((resource) => ({
    account_id: accountId,
    region,
    resource,
    status,
    error_code: code,
    message,
    rows: 0,
    ...effort,
  }));

function callsOf({ calls }: AccountReader, { actions }: Listing, { region }: Place): number {
  return actions.reduce((sum, action) => sum + (calls?.get(callKey(region, action)) ?? 0), 0);
}

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

/** All answers of a listing as one. @throws NotReadable when one of them failed. */
async function gather(answers: AsyncIterable<Found>, signal: AbortSignal): Promise<[Partial<Everything>, string[]]> {
  const found: Record<string, unknown[]> = {};
  const notes: string[] = [];
  for await (const { note, ...answer } of answers) {
    signal.throwIfAborted();
    if (note !== undefined) notes.push(note);
    for (const [name, items] of Object.entries(answer)) {
      found[name] ??= [];
      for (const item of items) found[name].push(item);
    }
  }
  return [found as Partial<Everything>, notes];
}

/** Reads a listing at a place to its end. @throws only on abort or for a fault of rolecall itself. */
export async function read(
  reader: AccountReader,
  listing: Listing,
  place: Place,
  signal: AbortSignal,
): Promise<Reading> {
  const effort = stopwatch(reader, listing, place);
  try {
    const [found, notes] = await gather(reader.read(listing, place), signal);
    const row = (resource: Listing['resources'][number]): CoverageRow => ({
      account_id: place.accountId,
      region: place.region,
      resource,
      status: 'ok',
      error_code: null,
      message: notes.length === 0 ? null : notes.join('; '),
      rows: found[resource]?.length ?? 0,
      ...effort(),
    });
    return { found, coverage: listing.resources.map(row) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NotReadable)) throw error;
    return { found: {}, coverage: unread(listing, place, error, effort()) };
  }
}
