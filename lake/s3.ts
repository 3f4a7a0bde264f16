import { readFile } from 'node:fs/promises';
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { asked } from './aws_refusal.ts';
import type { Key, Lake, StoredFile } from './lake.ts';
import { lockBucket } from './s3_lock.ts';
import { addressOf, type S3Folder, urlOf } from './s3_place.ts';

/** Requests that are on their way at a time. */
const WIDTH = 16;

/** The bucket's lifecycle expires what carries it: whoever writes a lake may not delete what others read. */
export const supersededTag = { Key: 'rolecall', Value: 'superseded' } as const;

async function write(folder: S3Folder, key: Key, bytes: Uint8Array | string): Promise<void> {
  const command = new PutObjectCommand({ ...addressOf(folder, key), Body: bytes });
  await asked('s3:PutObject', urlOf(folder, key), () => folder.client.send(command));
}

async function read(folder: S3Folder, key: Key): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await folder.client.send(new GetObjectCommand(addressOf(folder, key)));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function* listFiles(folder: S3Folder, prefix: Key): AsyncIterable<StoredFile> {
  const { Bucket, Key } = addressOf(folder, prefix);
  const above = Key.length - prefix.length;
  const pages = paginateListObjectsV2({ client: folder.client }, { Bucket, Prefix: Key })[Symbol.asyncIterator]();
  while (true) {
    const page = await asked('s3:ListBucket', urlOf(folder, prefix), () => pages.next());
    if (page.done) return;
    for (const { Key: key, Size, LastModified } of page.value.Contents ?? []) {
      yield { key: key!.slice(above), bytes: Size!, modified: LastModified! };
    }
  }
}

async function tagSuperseded(folder: S3Folder, keys: readonly Key[]): Promise<void> {
  const limit = pLimit(WIDTH);
  const tag = (key: Key) => {
    const command = new PutObjectTaggingCommand({ ...addressOf(folder, key), Tagging: { TagSet: [supersededTag] } });
    return asked('s3:PutObjectTagging', urlOf(folder, key), () => folder.client.send(command));
  };
  await Promise.all(keys.map((key) => limit(tag, key)));
}

/**
 * A lake in a bucket, or in a folder of one. `remove` deletes nothing: it tags, and the bucket's lifecycle expires what
 * is tagged a day later.
 */
export function s3Lake(folder: S3Folder): Lake {
  return {
    put: async (key, file) => write(folder, key, await readFile(file)),
    write: (key, bytes) => write(folder, key, bytes),
    get: (key) => asked('s3:GetObject', urlOf(folder, key), () => read(folder, key)),
    list: (prefix) => listFiles(folder, prefix),
    remove: (keys) => tagSuperseded(folder, keys),
    lock: (owner) => lockBucket(folder, owner),
    location: (key) => urlOf(folder, key),
  };
}
