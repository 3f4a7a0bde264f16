import { onTestFinished, vi } from 'vitest';
import type { Source } from '../../../collectors/source.ts';
import { collect } from '../../../infra/handlers/collect.ts';
import { derive } from '../../../infra/handlers/derive.ts';
import type { Item, RunState } from '../../../infra/handlers/events.ts';
import { failed } from '../../../infra/handlers/failed.ts';
import { never } from '../../../infra/handlers/never.ts';
import { plan } from '../../../infra/handlers/plan.ts';
import { publish } from '../../../infra/handlers/publish.ts';
import { stage } from '../../../infra/handlers/stage.ts';
import type { Lake } from '../../../lake/lake.ts';
import { runFolder } from '../../../lake/unused_files.ts';
import { always, type Deadline } from '../../../pipeline/deadline.ts';
import type { SnapshotEdges } from '../../../pipeline/snapshot.ts';

/** What the state machine does around the handlers, for tests of the handlers alone. */
interface Execution {
  readonly Name: string;
  readonly StartTime: string;
  readonly Input: object;
}

export const execution = (Input: object = {}, Name = 'weekly'): Execution => ({
  Name,
  StartTime: '2026-01-05T05:00:00.123Z',
  Input,
});

/** Keeps what the handlers log from the terminal. @returns the lines so far, parsed. */
export function logLines(): () => readonly Readonly<Record<string, unknown>>[] {
  const spy = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.map(([line]) => JSON.parse(String(line)));
}

/** For a function that has all the time it needs. */
export const unhurried: Deadline = { mayBegin: always, over: never };
/** For one whose time is half gone: it may finish what it begins, and begins one account only. */
export const hurried: Deadline = { mayBegin: () => false, over: never };

export const planned = (edges: SnapshotEdges, asked: Execution): Promise<RunState> =>
  plan({ ...edges, regions: [] }, { execution: asked });

/** The accounts of a run as the Distributed Map reads them. */
export async function itemsIn(lake: Lake, state: RunState): Promise<readonly Item[]> {
  const lines = new TextDecoder().decode(await lake.get(`${runFolder(state.run_id)}/accounts.jsonl`)).trim();
  return lines.split('\n').map((line) => ({ ...state, account: JSON.parse(line) }));
}

/** As many items at a time as the ItemBatcher gives; none means one item that is not in a batch. */
function batches(items: readonly Item[], size: number): readonly object[] {
  if (size === 0) return items;
  const starts = items.flatMap((_, at) => (at % size === 0 ? [at] : []));
  return starts.map((at) => ({ Items: items.slice(at, at + size) }));
}

/** Goes round with a batch until no item of it is left. @returns how often it went. */
async function collectBatch(edges: { source: Source; lake: Lake }, event: object, deadline: Deadline) {
  let left = await collect(edges, event, deadline);
  let rounds = 1;
  while (left.Items.length > 0) {
    left = await collect(edges, left, deadline);
    rounds += 1;
  }
  return rounds;
}

/** The Map, over all items or the first few. */
export async function collected(
  edges: SnapshotEdges,
  state: RunState,
  { size = 10, first = Number.POSITIVE_INFINITY, deadline = unhurried } = {},
): Promise<readonly number[]> {
  const items = (await itemsIn(edges.lake, state)).slice(0, first);
  return Promise.all(batches(items, size).map((event) => collectBatch(edges, event, deadline)));
}

/** All that comes after the Map. */
export async function finished(edges: SnapshotEdges, state: RunState): ReturnType<typeof publish> {
  const { steps } = await stage(edges, state);
  for (const step of steps) await derive(edges, { ...state, step });
  return publish(edges, state);
}

/** A whole execution; one that fails goes by `failed`. */
export async function executed(edges: SnapshotEdges, asked: Execution, size = 10): ReturnType<typeof publish> {
  try {
    const state = await planned(edges, asked);
    await collected(edges, state, { size });
    return await finished(edges, state);
  } catch (error) {
    const { name, message } = error as Error;
    await failed(edges, { execution: asked, error: { Error: name, Cause: message } });
    throw error;
  }
}
