import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import { addressOf, parseS3Url, urlOf } from '../../lake/s3_place.ts';

describe('A3: a place in S3', () => {
  it.each([
    ['s3://bucket', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { bucket: 'bucket', prefix: '' }],
    ['s3://my.bucket-1/a/b', { bucket: 'my.bucket-1', prefix: 'a/b' }],
    ['s3://bucket//a//b/', { bucket: 'bucket', prefix: 'a/b' }],
  ])('%s', (url, place) => {
    expect(parseS3Url(url)).toEqual(place);
  });

  it.each(['bucket', 's3://', 's3:///folder', 's3://Bucket', 'https://bucket.s3.amazonaws.com', 's3://a'])(
    'is not %j',
    (url) => {
      expect(() => parseS3Url(url)).toThrow(UsageError);
    },
  );

  it.each([
    ['', 'runs/a', 's3://bucket/runs/a'],
    ['folder', 'runs/a', 's3://bucket/folder/runs/a'],
    ['', '', 's3://bucket'],
    ['folder', '', 's3://bucket/folder'],
  ])('with prefix %j has the key %j at %s', (prefix, key, url) => {
    const place = { bucket: 'bucket', prefix };
    expect(urlOf(place, key)).toBe(url);
    if (key !== '') expect(`s3://bucket/${addressOf(place, key).Key}`).toBe(url);
  });
});
