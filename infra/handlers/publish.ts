import type { Catalog, SnapshotRow } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { derivedBefore, keptPlan } from '../../pipeline/kept.ts';
import { publishRun } from '../../pipeline/publish.ts';
import { enter } from '../../pipeline/under_lock.ts';
import { catalogOf, environment, lakeOf } from './edges.ts';
import { runState } from './events.ts';
import { lambda } from './lambda.ts';
import { log, logged } from './log.ts';

interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
}

/** What is sent to those who want to know of every run. */
interface Message {
  readonly subject: string;
  readonly message: string;
}

const percent = ({ accounts_planned, accounts_complete }: SnapshotRow): number =>
  Math.round((1000 * accounts_complete) / accounts_planned) / 10;

function messageOf(row: SnapshotRow): Message {
  const rows: Readonly<Record<string, number>> = JSON.parse(row.row_counts);
  const figures = ['functions', 'roles', 'findings', 'drift'].map((table) => `${table}: ${rows[table] ?? 0}`);
  const read = `${row.accounts_complete} of ${row.accounts_planned} accounts were read completely (${percent(row)} %).`;
  return {
    subject: `rolecall: snapshot of ${row.snapshot_date}`,
    message: [`The snapshot of ${row.snapshot_date} is published by run ${row.run_id}.`, read, ...figures].join('\n'),
  };
}

function logPublished(row: SnapshotRow): void {
  const { run_id, snapshot_date, accounts_planned, accounts_complete } = row;
  log({
    event: 'published',
    run_id,
    snapshot_date,
    accounts_planned,
    accounts_complete,
    coverage_percent: percent(row),
  });
}

/** Makes the run what readers see, and gives the lock of the lake back. */
export async function publish(edges: Edges, event: unknown): Promise<Message> {
  const { run_id } = runState(event);
  const { run } = await keptPlan(edges.lake, run_id);
  const lock = await enter(edges.lake, run, logged(run_id));
  const row = await publishRun(edges, run, await derivedBefore(edges.lake, run_id), new Date());
  logPublished(row);
  await lock[Symbol.asyncDispose]();
  return messageOf(row);
}

export const handler = lambda(() => {
  const given = environment();
  const lake = lakeOf(given);
  return { lake, catalog: catalogOf(given, lake) };
}, publish);
