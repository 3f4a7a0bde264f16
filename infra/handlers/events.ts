import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { checkDate } from '../../pipeline/plan.ts';
import { type Run, runId } from '../../pipeline/run.ts';

/** What an execution is started with; nothing of it is needed. */
const inputShape = z.strictObject({
  /** Date of the snapshot; the day on which the execution starts unless given. */
  date: z.string().optional(),
  /** Id of an earlier run, to be continued where it stopped. */
  run_id: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,80}$/)
    .optional(),
  accounts: z.array(z.string().regex(/^\d{12}$/)).default([]),
  regions: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
});

/** The execution as its context object tells it (Step Functions, "Accessing execution data from the Context object"). */
const executionShape = z.object({
  execution: z.object({ Name: z.string(), StartTime: z.iso.datetime({ offset: true }), Input: inputShape }),
});

/** What the states pass on. */
const runShape = z.object({ run_id: z.string(), date: z.string(), plan_key: z.string() });
export type RunState = z.infer<typeof runShape>;

const itemShape = runShape.extend({ account: z.object({ account_id: z.string() }) });
/** An account of the Distributed Map. */
export type Item = z.infer<typeof itemShape>;

const failureShape = z.object({ error: z.object({ Error: z.string(), Cause: z.string() }) });

const stepShape = runShape.extend({ step: z.object({ date: z.string(), table: z.string() }) });

/** @throws UsageError naming everything that is not as it should be. */
function parse<T>(shape: z.ZodType<T>, event: unknown): T {
  const parsed = shape.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new UsageError(`The state was given what it does not take:\n${z.prettifyError(parsed.error)}`);
}

export const runState = (event: unknown): RunState => parse(runShape, event);
export const stepState = (event: unknown): z.infer<typeof stepShape> => parse(stepShape, event);

/** Why the state machine gave up. */
export const errorOf = (event: unknown): z.infer<typeof failureShape>['error'] => parse(failureShape, event).error;

/** The items of a batch; an emulator that knows no batches gives one item alone. */
export const itemsOf = (event: unknown): readonly Item[] =>
  parse(
    z.union([z.object({ Items: z.array(itemShape).min(1) }), itemShape.transform((item) => ({ Items: [item] }))]),
    event,
  ).Items;

/** What an execution is to read, and as which run: the same one whenever a state of the execution asks. */
export function askedOf(event: unknown): { run: Run; input: z.infer<typeof inputShape> } {
  const { Name, StartTime, Input } = parse(executionShape, event).execution;
  const startedAt = new Date(StartTime);
  const date = Input.date ?? startedAt.toISOString().slice(0, 10);
  checkDate(date);
  const id = Input.run_id ?? runId(startedAt, createHash('sha256').update(Name).digest('hex').slice(0, 8));
  return { run: { id, date, startedAt }, input: Input };
}
