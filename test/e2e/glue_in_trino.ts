import type { Trino } from './trino_client.ts';

/** Keys that the emulator takes for those of the account's root. */
const keys = ['test', 'test'] as const;

let count = 0;

/** Shows the Glue databases and S3 objects of an emulated account to a running Trino, as Athena sees those of AWS. */
export async function exposeGlue(trino: Trino, endpoint: string): Promise<string> {
  count += 1;
  const name = `glue_${process.pid}_${count}`;
  const [accessKey, secretKey] = keys;
  await trino.query(
    createCatalog(name, {
      'hive.metastore': 'glue',
      'hive.metastore.glue.region': 'us-east-1',
      'hive.metastore.glue.endpoint-url': endpoint,
      'hive.metastore.glue.aws-access-key': accessKey,
      'hive.metastore.glue.aws-secret-key': secretKey,
      'fs.native-s3.enabled': 'true',
      's3.endpoint': endpoint,
      's3.region': 'us-east-1',
      's3.path-style-access': 'true',
      's3.aws-access-key': accessKey,
      's3.aws-secret-key': secretKey,
      'hive.non-managed-table-writes-enabled': 'true',
      'hive.recursive-directories': 'true',
      'hive.compression-codec': 'SNAPPY',
      // Statistics are asked for column by column and partition by partition, and there are none.
      'hive.table-statistics-enabled': 'false',
      'hive.collect-column-statistics-on-write': 'false',
    }),
  );
  return name;
}

function createCatalog(name: string, properties: Readonly<Record<string, string>>): string {
  const settings = Object.entries(properties).map(([key, value]) => `"${key}" = '${value}'`);
  return `create catalog ${name} using hive with (${settings.join(', ')})`;
}
