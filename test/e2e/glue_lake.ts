import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { InitializeMiddleware } from '@smithy/types';
import { glueCatalog } from '../../lake/glue.ts';
import { glueLatestTable, glueTable } from '../../lake/glue_schema.ts';
import { s3Lake } from '../../lake/s3.ts';
import type { S3Folder } from '../../lake/s3_place.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { Kept } from '../lake/catalog_contract.ts';
import { homeRegion, type Keys, rootKeys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';

/** What calls the emulator as the root of its management account. */
const rootClients = (endpoint: string) => clientsWith(endpoint, rootKeys(hubAccount));

export function clientsWith(endpoint: string, credentials: Keys): { readonly s3: S3Client; readonly glue: GlueClient } {
  const options = { endpoint, region: homeRegion, credentials };
  return { s3: new S3Client({ ...options, forcePathStyle: true }), glue: new GlueClient(options) };
}

let made = 0;

/** A lake in a bucket of its own. */
export async function newBucket(endpoint: string): Promise<S3Folder> {
  made += 1;
  const { s3: client } = rootClients(endpoint);
  const bucket = `lake-${made}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { client, bucket, prefix: 'snapshots/rolecall' };
}

async function createDatabase(glue: GlueClient, name: string, lake: string): Promise<void> {
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: name } }));
  for (const table of allTables) {
    for (const TableInput of [glueTable(table, lake), glueLatestTable(table, lake)]) {
      await glue.send(new CreateTableCommand({ DatabaseName: name, TableInput }));
    }
  }
}

/** A lake in a bucket of its own, with databases of its own that show it. */
export interface GlueLake extends Kept {
  readonly folder: S3Folder;
  readonly glue: GlueClient;
  readonly database: string;
  readonly staging: string;
}

export async function newGlueLake(endpoint: string): Promise<GlueLake> {
  const folder = await newBucket(endpoint);
  const { glue: client } = rootClients(endpoint);
  const lake = s3Lake(folder);
  const [database, staging] = [`rolecall_${made}`, `rolecall_${made}_staging`];
  for (const name of [database, staging]) await createDatabase(client, name, lake.location(''));
  return { folder, glue: client, lake, database, staging, catalog: glueCatalog({ client, lake, database, staging }) };
}

const changes = /^(PutObject|BatchCreate|BatchUpdate|Delete|Update)/;

const beforeChanges =
  <Input extends object, Output extends object>(before: () => Promise<void>): InitializeMiddleware<Input, Output> =>
  (next, { commandName = '' }) =>
  async (given) => {
    if (changes.test(commandName)) await before();
    return next(given);
  };

/** The same lake for another process, in which something happens before each call that changes what is stored. */
export function watched(endpoint: string, { folder, database, staging }: GlueLake, before: () => Promise<void>): Kept {
  const { s3, glue } = rootClients(endpoint);
  s3.middlewareStack.add(beforeChanges(before), { step: 'initialize' });
  glue.middlewareStack.add(beforeChanges(before), { step: 'initialize' });
  const lake = s3Lake({ ...folder, client: s3 });
  return { lake, catalog: glueCatalog({ client: glue, lake, database, staging }) };
}

/** Keys of a new user who may do these things everywhere, and nothing else. */
export async function keysOfUser(endpoint: string, UserName: string, Action: readonly string[]): Promise<Keys> {
  const iam = new IAMClient({ endpoint, region: homeRegion, credentials: rootKeys(hubAccount) });
  const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'lake', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}
