import type { CoverageRow, Source } from '../../collectors/source.ts';
import type { Lake } from '../../lake/lake.ts';
import { type AccountDone, collectBatch } from '../../pipeline/batch.ts';
import { type Deadline, deadlineAfter, endingInTime } from '../../pipeline/deadline.ts';
import { keptPlan } from '../../pipeline/kept.ts';
import { unwritten } from '../../pipeline/manifest.ts';
import { batchOf } from '../../pipeline/plan.ts';
import { withinScope } from '../../pipeline/unasked.ts';
import { environment, lakeOf, sourceOf } from './edges.ts';
import { type Item, itemsOf } from './events.ts';
import { lambda } from './lambda.ts';
import { log } from './log.ts';
import { never } from './never.ts';

interface Edges {
  readonly source: Source;
  readonly lake: Lake;
}

/** How many resources of the account have each status. */
function statuses(rows: readonly CoverageRow[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const logAccount =
  (run_id: string): AccountDone =>
  ({ account_id }, rows) =>
    log({ event: 'account_done', run_id, account_id, resources: statuses(rows) });

/** Reads accounts that follow each other in the plan, and gives back the items for which there was no time. */
export async function collect(
  { source, lake }: Edges,
  event: unknown,
  deadline: Deadline,
): Promise<{ Items: readonly Item[] }> {
  const items = itemsOf(event);
  const { run, scope, plan } = await keptPlan(lake, items[0]!.run_id);
  const ids = new Set(items.map(({ account }) => account.account_id));
  const asked = plan.accounts.filter(({ account_id }) => ids.has(account_id));
  const accounts = await unwritten(lake, run, plan, asked);
  if (accounts.length === 0) return { Items: [] };
  const edges = { lake, source: endingInTime(withinScope(source, scope), deadline) };
  const batch = batchOf(plan, accounts);
  const left = await collectBatch(edges, run, batch, plan, logAccount(run.id), never, deadline.mayBegin);
  return { Items: items.filter(({ account }) => left.some(({ account_id }) => account_id === account.account_id)) };
}

export const handler = lambda(
  () => {
    const given = environment();
    return { source: sourceOf(given), lake: lakeOf(given) };
  },
  (edges, event, context) => collect(edges, event, deadlineAfter(context.getRemainingTimeInMillis())),
);
