import { AthenaClient } from '@aws-sdk/client-athena';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { glueCatalog } from '../../lake/glue.ts';
import { glueLatestTable, glueTable } from '../../lake/glue_schema.ts';
import { s3Lake } from '../../lake/s3.ts';
import { type AthenaOptions, athena } from '../../queries/athena.ts';
import { athenaPatience } from '../../queries/athena_execution.ts';
import type { Engine } from '../../queries/engine.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { AthenaApi } from './athena_api.ts';
import { startAthena } from './athena_facade.ts';
import { exposeGlue } from './glue_in_trino.ts';
import { trinoClient } from './trino_client.ts';

export const bucket = 'rolecall-lake';
const databases = { database: 'rolecall', staging: 'rolecall_staging' } as const;

const account = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

/** A lake in S3 and Glue, as the deployment makes it, with an engine over it. */
export async function startAwsLake(emulator: string, trino: string) {
  const s3 = new S3Client({ ...account, endpoint: emulator, forcePathStyle: true });
  const glue = new GlueClient({ ...account, endpoint: emulator });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const name of Object.values(databases)) await makeDatabase(glue, name);
  const api = await startAthena(trino, await exposeGlue(trinoClient(trino), emulator));
  const lake = s3Lake({ bucket, prefix: '', client: s3 });
  return {
    glue,
    lake,
    catalog: glueCatalog({ client: glue, lake, ...databases }),
    athena: api,
    engine: (options: Partial<AthenaOptions> = {}): Engine =>
      athena({ client: athenaClient(api), lake, workgroup: 'rolecall', ...databases, ...options }),
  };
}

export type AwsLake = Awaited<ReturnType<typeof startAwsLake>>;

export const athenaClient = ({ endpoint }: AthenaApi): AthenaClient =>
  new AthenaClient({ ...account, endpoint, ...athenaPatience });

async function makeDatabase(glue: GlueClient, name: string): Promise<void> {
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: name } }));
  for (const table of allTables) {
    for (const TableInput of [glueTable(table, `s3://${bucket}`), glueLatestTable(table, `s3://${bucket}`)])
      await glue.send(new CreateTableCommand({ DatabaseName: name, TableInput }));
  }
}
