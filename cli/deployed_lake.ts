import './quiet_sdk.ts';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { UsageError } from '../errors.ts';
import type { Catalog } from '../lake/catalog.ts';
import { glueCatalog } from '../lake/glue.ts';
import { snapshotsIn } from '../lake/glue_snapshots.ts';
import type { Lake } from '../lake/lake.ts';
import { s3Lake } from '../lake/s3.ts';
import { parseS3Url } from '../lake/s3_place.ts';

/** A lake in S3 and the databases of Glue that show it. */
export interface DeployedLake {
  readonly lake: Lake;
  readonly catalog: Catalog;
  /** The same for who only asks, in one call instead of one for each table. */
  readonly snapshots: Pick<Catalog, 'published'>;
  /** The database that shows the run on its way. */
  readonly staging: string;
}

/** @throws UsageError when the URL is none of S3, or no region is set. */
export async function deployedLake(url: string, database: string): Promise<DeployedLake> {
  const place = parseS3Url(url);
  const [s3, client] = [new S3Client(), new GlueClient()];
  await client.config.region().catch((cause: unknown) => {
    const what = 'No region of AWS is set. Set AWS_REGION to that of the lake, or name it in your profile.';
    throw new UsageError(what, { cause });
  });
  const lake = s3Lake({ client: s3, ...place });
  const staging = `${database}_staging`;
  const snapshots = { published: () => snapshotsIn({ client, lake, database }) };
  return { lake, catalog: glueCatalog({ client, lake, database, staging }), snapshots, staging };
}
