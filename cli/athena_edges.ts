import { AthenaClient } from '@aws-sdk/client-athena';
import { athena } from '../queries/athena.ts';
import { athenaPatience } from '../queries/athena_execution.ts';
import { deployedLake } from './deployed_lake.ts';
import type { AskingEdges } from './edges.ts';
import { interruptible } from './interrupt.ts';
import { message } from './output.ts';

/** Where a deployed lake is asked. */
export interface Deployed {
  /** Its URL in S3. */
  readonly lake: string;
  readonly workgroup: string;
  readonly database: string;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Opens a lake in S3 with Athena over it, and says at the end what its queries read. Ctrl-C stops them. */
export async function withAthena<T>(deployed: Deployed, use: (edges: AskingEdges) => Promise<T>): Promise<T> {
  const { lake: url, workgroup, database } = deployed;
  const { lake, snapshots, staging } = await deployedLake(url, database);
  let scanned = 0;
  const onScanned = (bytes: number): void => {
    scanned += bytes;
  };
  const engine = athena({ client: new AthenaClient(athenaPatience), lake, workgroup, database, staging, onScanned });
  try {
    return await interruptible((signal) => use({ catalog: snapshots, engine, signal }));
  } finally {
    message(`Athena read ${megabytes(scanned)} MB.`);
  }
}
