import './quiet_sdk.ts';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { UsageError } from '../errors.ts';
import { glueCatalog } from '../lake/glue.ts';
import { s3Lake } from '../lake/s3.ts';
import { parseS3Url } from '../lake/s3_place.ts';
import { athena } from '../queries/athena.ts';
import { athenaPatience } from '../queries/athena_execution.ts';
import type { Edges } from './edges.ts';
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

async function clients() {
  const [s3, glue, client] = [new S3Client(), new GlueClient(), new AthenaClient(athenaPatience)];
  await client.config.region().catch((cause: unknown) => {
    throw new UsageError('No region of AWS is set. Set AWS_REGION to that of the lake, or name it in your profile.', {
      cause,
    });
  });
  return { s3, glue, client };
}

/** Opens a lake in S3 with Athena over it, and says at the end what its queries read. Ctrl-C stops them. */
export async function withAthena<T>(deployed: Deployed, use: (edges: Edges) => Promise<T>): Promise<T> {
  const { lake: url, workgroup, database } = deployed;
  const place = parseS3Url(url);
  const { s3, glue, client } = await clients();
  const databases = { database, staging: `${database}_staging` };
  const lake = s3Lake({ client: s3, ...place });
  let scanned = 0;
  const onScanned = (bytes: number): void => {
    scanned += bytes;
  };
  const engine = athena({ client, lake, workgroup, ...databases, onScanned });
  const catalog = glueCatalog({ client: glue, lake, ...databases });
  try {
    return await interruptible((signal) => use({ lake, catalog, engine, signal }));
  } finally {
    message(`Athena read ${megabytes(scanned)} MB.`);
  }
}
