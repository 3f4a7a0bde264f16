import { setMaxListeners } from 'node:events';
import { orAborted, untilAborted } from '../collectors/live/until_aborted.ts';
import { type AccountReader, type AccountRow, NotReadable, type Source } from '../collectors/source.ts';

/** Whether there is time for one more account. */
export type MayBegin = () => boolean;

/** For a process that nobody ends. */
export const always: MayBegin = () => true;

/** How long a process may read. */
export interface Deadline {
  readonly mayBegin: MayBegin;
  /** Aborted when reading has to end, so that there is time to store what was read. */
  readonly over: AbortSignal;
}

/** Accounts begin in the first half of the time, so that each has the other half; the last tenth is for storing. */
export function deadlineAfter(milliseconds: number): Deadline {
  const half = performance.now() + milliseconds / 2;
  return { mayBegin: () => performance.now() < half, over: AbortSignal.timeout(Math.round(milliseconds * 0.9)) };
}

/** The accounts for which there is time; always the first, for a run must come forward. */
export function* begunInTime(accounts: readonly AccountRow[], mayBegin: MayBegin): Generator<AccountRow> {
  for (const [position, account] of accounts.entries()) {
    if (position > 0 && !mayBegin()) return;
    yield account;
  }
}

const late = (cause: unknown): NotReadable =>
  new NotReadable('error', 'reading it took longer than a Lambda function may run', 'deadline', { cause });

async function* inTime<T>(items: AsyncIterable<T>, over: AbortSignal): AsyncGenerator<T> {
  try {
    yield* untilAborted(items, over);
  } catch (error) {
    throw over.aborted ? late(error) : error;
  }
}

async function openInTime(opening: Promise<AccountReader>, over: AbortSignal): Promise<AccountReader> {
  const reader = await orAborted(opening, over).catch((error: unknown) => {
    throw over.aborted ? late(error) : error;
  });
  return { ...reader, read: (listing, place) => inTime(reader.read(listing, place), over) };
}

/** The source, save that what is not read in time is coverage that says so. */
export function endingInTime(source: Source, { over }: Deadline): Source {
  setMaxListeners(0, over); // every listing of every account listens
  return {
    plan: (scope, signal) => source.plan(scope, signal),
    open: (account, signal) => openInTime(source.open(account, AbortSignal.any([signal, over])), over),
  };
}
