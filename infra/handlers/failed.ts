import { UsageError } from '../../errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { environment, lakeOf } from './edges.ts';
import { askedOf, errorOf } from './events.ts';
import { lambda } from './lambda.ts';
import { log } from './log.ts';

interface Edges {
  readonly lake: Lake;
}

/** Lets the next run in, unless another one has the lock. What the run wrote stays: it may be started again. */
export async function failed({ lake }: Edges, event: unknown): Promise<{ run_id: string }> {
  const { run } = askedOf(event);
  log({ event: 'failed', run_id: run.id, ...errorOf(event) });
  const lock = await lake.lock(run.id).catch((error: unknown) => {
    // Another run has it. What AWS refuses has a cause, and must not go unheard: the lock would stay.
    if (!(error instanceof UsageError) || error.cause !== undefined) throw error;
  });
  await lock?.[Symbol.asyncDispose]();
  return { run_id: run.id };
}

export const handler = lambda(() => ({ lake: lakeOf(environment()) }), failed);
