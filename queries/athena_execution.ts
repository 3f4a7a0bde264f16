import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { UsageError } from '../errors.ts';
import { asked } from '../lake/aws_refusal.ts';

/** Where a statement runs. */
interface Place {
  readonly client: AthenaClient;
  readonly workgroup: string;
  /** Glue database in which it finds its tables. */
  readonly database: string;
}

/** A statement that has run. */
export interface Execution {
  readonly id: string;
  /** What it read of S3, and costs. */
  readonly bytes: number;
}

/** How Athena's client retries: a start is throttled by the account's quota of queries, and each retry waits longer. */
export const athenaPatience = { maxAttempts: 8, retryMode: 'adaptive' } as const;

/** Milliseconds between two looks at a query: short ones are answered at once, long ones are not looked at for nothing. */
const looks = { first: 50, last: 1_000, growth: 1.5 } as const;

async function start({ client, workgroup, database }: Place, sql: string): Promise<string> {
  const request = { QueryString: sql, WorkGroup: workgroup, QueryExecutionContext: { Database: database } };
  const { QueryExecutionId } = await asked('athena:StartQueryExecution', `workgroup ${workgroup}`, () =>
    client.send(new StartQueryExecutionCommand(request)),
  );
  return QueryExecutionId!;
}

/** How a query stands; undefined while it waits or runs. @throws UsageError when it failed or was stopped. */
function outcome({ Status, Statistics, QueryExecutionId }: QueryExecution): Execution | undefined {
  const { State, StateChangeReason = 'No reason is given.' } = Status ?? {};
  if (State === 'SUCCEEDED') return { id: QueryExecutionId!, bytes: Statistics?.DataScannedInBytes ?? 0 };
  if (State === 'FAILED') throw new UsageError(`The query cannot be answered. ${StateChangeReason}`);
  if (State === 'CANCELLED') throw new UsageError(`The query was stopped in Athena. ${StateChangeReason}`);
  return undefined;
}

async function finished(client: AthenaClient, id: string, signal: AbortSignal | undefined): Promise<Execution> {
  for (let wait: number = looks.first; ; wait = Math.min(looks.growth * wait, looks.last)) {
    const { QueryExecution } = await asked('athena:GetQueryExecution', `query ${id}`, () =>
      client.send(new GetQueryExecutionCommand({ QueryExecutionId: id })),
    );
    const execution = outcome(QueryExecution!);
    if (execution) return execution;
    await sleep(wait, undefined, { signal });
  }
}

/**
 * Runs one statement to its end.
 * @throws UsageError with Athena's own reason when it fails; the signal's reason when called off, and the query stops.
 */
export async function execute(place: Place, sql: string, signal?: AbortSignal): Promise<Execution> {
  signal?.throwIfAborted();
  const id = await start(place, sql);
  try {
    return await finished(place.client, id, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
    await place.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    throw signal.reason;
  }
}
