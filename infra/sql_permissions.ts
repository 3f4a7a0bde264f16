import { databases, type Names, type WorkgroupUser, workgroups } from './names.ts';
import type { Permission } from './role.ts';

type Database = (typeof databases)[keyof typeof databases];

/** Without the list, an object that is not there reads as one that is refused. */
export const listLake = ({ lake }: Names): Permission => ({
  sid: 'ListLake',
  actions: ['s3:ListBucket', 's3:GetBucketLocation'],
  resources: [lake.arn],
});

/** Reading these objects of the lake, and the list of all. */
export const readFiles = (names: Names, objects: readonly string[], wildcard: string): readonly Permission[] => [
  listLake(names),
  { sid: 'ReadLake', actions: ['s3:GetObject'], resources: objects, wildcard },
];

const tablesOf = (names: Names, database: string, tables: readonly string[]): string[] =>
  tables.map((table) => names.arn('glue', `table/${database}/${table}`));

/** Tables of a database, its partitions, and the catalog around it. */
export const readCatalog = (
  names: Names,
  database: Database,
  tables: readonly string[] = ['*'],
): readonly Permission[] => [
  {
    sid: `Read${database === databases.published ? 'Published' : 'Staged'}`,
    actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartition', 'glue:GetPartitions'],
    resources: [
      names.arn('glue', 'catalog'),
      names.arn('glue', `database/${database}`),
      ...tablesOf(names, database, tables),
    ],
    ...(tables.includes('*') && { wildcard: 'every table of the database is meant, and tables are added' }),
  },
];

/** Giving tables other partitions; no table can be made or dropped. */
export const writeCatalog = (names: Names, database: Database): Permission => ({
  sid: 'Publish',
  actions: [
    'glue:BatchCreatePartition',
    'glue:BatchUpdatePartition',
    'glue:DeletePartition',
    ...(database === databases.published ? ['glue:UpdateTable'] : []),
  ],
  resources: [
    names.arn('glue', 'catalog'),
    names.arn('glue', `database/${database}`),
    ...tablesOf(names, database, ['*']),
  ],
  wildcard: 'every table of the database is meant, and tables are added',
});

/** Asking in a workgroup, whose results lie below a prefix of their own. */
export const askAthena = (names: Names, user: WorkgroupUser): readonly Permission[] => [
  {
    sid: 'Ask',
    actions: [
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetWorkGroup',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    resources: [names.arn('athena', `workgroup/${workgroups[user]}`)],
  },
  { sid: 'ListResults', actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [names.results.arn] },
  {
    sid: 'KeepResults',
    actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    resources: [`${names.results.arn}/${user}/*`],
    wildcard: 'Athena names the results',
  },
  {
    sid: 'KnowTheDefaultDatabase',
    actions: ['glue:GetDatabase'],
    resources: [names.arn('glue', 'catalog'), names.arn('glue', 'database/default')],
  },
];

/** Writing an answer into the lake, as UNLOAD does: large files in parts. */
export const unload = ({ lake }: Names, objects: string, wildcard: string): readonly Permission[] => [
  { sid: 'SeeParts', actions: ['s3:ListBucketMultipartUploads'], resources: [lake.arn] },
  {
    sid: 'UnloadInParts',
    actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    resources: [objects],
    wildcard,
  },
];
