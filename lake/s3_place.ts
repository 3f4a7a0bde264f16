import type { S3Client } from '@aws-sdk/client-s3';
import { UsageError } from '../errors.ts';
import type { Key } from './lake.ts';

/** A bucket, and the folder in it that holds a lake; the empty prefix is the bucket itself. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** The same, and who calls. */
export interface S3Folder extends S3Place {
  readonly client: S3Client;
}

const shape = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

/** Whether a lake is named by a URL of S3, and not by a folder. */
export const isS3Url = (text: string): boolean => text.startsWith('s3://');

/** @throws UsageError when the text is no URL of a bucket. */
export function parseS3Url(text: string): S3Place {
  const match = shape.exec(text);
  if (match === null) throw new UsageError(`${text} is no place in S3. Give it as s3://bucket or s3://bucket/folder`);
  const [, bucket, path = ''] = match;
  return { bucket: bucket!, prefix: path.split('/').filter(Boolean).join('/') };
}

const below = (folder: string, key: Key): string => (folder === '' ? key : `${folder}/${key}`);

/** Where a key of the lake lies, in words of the API. */
export const addressOf = ({ bucket, prefix }: S3Place, key: Key): { Bucket: string; Key: string } => ({
  Bucket: bucket,
  Key: below(prefix, key),
});

/** The same as an engine reads it; of the empty key, the lake itself. */
export const urlOf = ({ bucket, prefix }: S3Place, key: Key): string =>
  `s3://${bucket}/${below(prefix, key)}`.replace(/\/$/, '');
