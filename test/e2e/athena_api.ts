import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a statement answers, printed; undefined is NULL. */
export interface Printed {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly bytesScanned: number;
}

/** Runs a statement to its end; the signal stops it. */
export type RunStatement = (sql: string, database: string, signal: AbortSignal) => Promise<Printed>;

interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly workgroup: string;
  readonly stop: AbortController;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  printed?: Printed;
}

/** An error as the service gives it, by its name. */
class Refusal extends Error {
  constructor(
    readonly kind: 'InvalidRequestException' | 'TooManyRequestsException',
    message: string,
  ) {
    super(message);
  }
}

type Input = Readonly<Record<string, unknown>>;

export interface AthenaApi {
  readonly endpoint: string;
  /** Names of the operations that were called. */
  readonly calls: readonly string[];
  /** Refuses so many starts, as when too many queries run. */
  throttle(starts: number): void;
  stop(): Promise<void>;
}

const mostRowsOfAPage = 1000;
const workgroups = ['rolecall', 'rolecall-dashboard', 'rolecall-pipeline', 'primary'];

/** Answers the API of Athena on a loopback port, as the API reference describes it, and lets `run` do the work. */
export async function startAthenaApi(run: RunStatement): Promise<AthenaApi> {
  const executions = new Map<string, Execution>();
  const calls: string[] = [];
  let throttled = 0;

  const execution = ({ QueryExecutionId }: Input): Execution => {
    const found = executions.get(String(QueryExecutionId));
    if (found) return found;
    throw new Refusal('InvalidRequestException', `QueryExecution ${QueryExecutionId} was not found`);
  };

  const operations: Readonly<Record<string, (input: Input) => object>> = {
    StartQueryExecution(input) {
      if (throttled-- > 0) throw new Refusal('TooManyRequestsException', 'You have exceeded the limit for queries.');
      const started = begun(input);
      executions.set(started.id, started);
      const { Database } = input.QueryExecutionContext as { readonly Database: string };
      void run(started.sql, Database, started.stop.signal).then(
        (printed) => settle(started, { state: 'SUCCEEDED', printed }),
        (error: Error) => settle(started, { state: 'FAILED', reason: error.message }),
      );
      return { QueryExecutionId: started.id };
    },
    GetQueryExecution: (input) => ({ QueryExecution: described(execution(input)) }),
    GetQueryResults: (input) => page(execution(input), input),
    StopQueryExecution(input) {
      const stopped = execution(input);
      settle(stopped, { state: 'CANCELLED', reason: 'Query was cancelled by the user.' });
      stopped.stop.abort();
      return {};
    },
    GetWorkGroup: ({ WorkGroup }) => ({ WorkGroup: { Name: workgroupOf(String(WorkGroup)), State: 'ENABLED' } }),
  };

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    const input = await bodyOf(request);
    calls.push(operation);
    const { status, body } = answer(() => operations[operation]!(input));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    throttle(starts) {
      throttled = starts;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const { stop } of executions.values()) stop.abort();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Input> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return JSON.parse(text) as Input;
}

function answer(work: () => object): { readonly status: number; readonly body: object } {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 400, body: { __type: error.kind, Message: error.message } };
  }
}

function workgroupOf(name: string): string {
  if (workgroups.includes(name)) return name;
  throw new Refusal('InvalidRequestException', `WorkGroup ${name} is not found.`);
}

const begun = ({ QueryString, WorkGroup = 'primary' }: Input): Execution => ({
  id: randomUUID(),
  sql: String(QueryString),
  workgroup: workgroupOf(String(WorkGroup)),
  stop: new AbortController(),
  state: 'RUNNING',
});

/** A query that was stopped stays stopped. */
function settle(execution: Execution, outcome: Partial<Execution>): void {
  if (execution.state === 'RUNNING') Object.assign(execution, outcome);
}

const described = ({ id, sql, workgroup, state, reason, printed }: Execution): object => ({
  QueryExecutionId: id,
  Query: sql,
  WorkGroup: workgroup,
  Status: { State: state, StateChangeReason: reason },
  Statistics: { DataScannedInBytes: printed?.bytesScanned ?? 0 },
});

/** A page of the answer; the names of the columns are its first row. */
function page({ id, state, printed }: Execution, { MaxResults = mostRowsOfAPage, NextToken = '0' }: Input): object {
  if (printed === undefined) {
    throw new Refusal('InvalidRequestException', `Query ${id} has not yet finished. Current state: ${state}`);
  }
  const { columns, rows } = printed;
  const all = columns.length === 0 ? rows : [columns.map(({ name }) => name), ...rows];
  const start = Number(NextToken);
  const end = start + Math.min(Number(MaxResults), mostRowsOfAPage);
  return {
    ...(end < all.length && { NextToken: String(end) }),
    ResultSet: {
      Rows: all.slice(start, end).map((row) => ({ Data: row.map((VarCharValue) => ({ VarCharValue })) })),
      ResultSetMetadata: { ColumnInfo: columns.map(({ name, type }) => ({ Name: name, Type: type })) },
    },
  };
}
