import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { s3Lake } from '../../lake/s3.ts';
import { enterLock, leaveLock } from '../../lake/s3_lock.ts';
import { addressOf, type S3Folder } from '../../lake/s3_place.ts';
import { keysOf, lakeContract, textOf } from '../lake/lake_contract.ts';
import type { Emulator } from './emulators.ts';
import { clientsWith, keysOfUser, newBucket } from './glue_lake.ts';
import { startMinistack } from './ministack.ts';

let emulator: Emulator;
const newFolder = (): Promise<S3Folder> => newBucket(emulator.endpoint);

beforeAll(async () => {
  emulator = await startMinistack();
});

afterAll(() => emulator.stop());

lakeContract('A3: a lake in S3', async () => s3Lake(await newFolder()));

describe('A3: a lake in S3', () => {
  it('lists more than the thousand keys that S3 answers at a time', async () => {
    const lake = s3Lake(await newFolder());
    const keys = Array.from({ length: 1_005 }, (_, i) => `runs/a/${String(i).padStart(5, '0')}`);
    await Promise.all(keys.map((key) => lake.write(key, 'rows')));
    await lake.write('runs/b', 'rows');
    expect(await keysOf(lake, 'runs/a/')).toEqual(keys);
  }, 60_000);

  it('may be the whole bucket', async () => {
    const folder = { ...(await newFolder()), prefix: '' };
    const lake = s3Lake(folder);
    await lake.write('runs/a', 'text');
    expect(await keysOf(lake, '')).toEqual(['runs/a']);
    expect(lake.location('runs/a')).toBe(`s3://${folder.bucket}/runs/a`);
    expect(lake.location('')).toBe(`s3://${folder.bucket}`);
  });

  it('marks for the lifecycle of the bucket what it is to remove, and deletes nothing', async () => {
    const folder = await newFolder();
    const lake = s3Lake(folder);
    await lake.write('runs/a', 'text');
    await lake.remove(['runs/a']);
    expect(await keysOf(lake, '')).toEqual(['runs/a']);
    const { TagSet } = await folder.client.send(new GetObjectTaggingCommand(addressOf(folder, 'runs/a')));
    expect(TagSet).toEqual([{ Key: 'rolecall', Value: 'superseded' }]);
  });
});

const hour = 60 * 60 * 1000;
const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
const heldBy = (run: string, since: number, expires: number): string =>
  JSON.stringify({ run, since: inHours(since), expires: inHours(expires) });

describe('A3: the lock of a lake in S3', () => {
  it('is shared by the processes of a run, each of which holds it for longer', async () => {
    const folder = await newFolder();
    await s3Lake(folder).write('lock.json', heldBy('run-1', -5, 1));
    expect(await enterLock(folder, 'run-1')).toBeNull();
    const holder = JSON.parse(await textOf(s3Lake(folder), 'lock.json'));
    expect(Date.parse(holder.since)).toBeLessThan(Date.now() - 4 * hour);
    expect(Date.parse(holder.expires)).toBeGreaterThan(Date.now() + 5 * hour);
  });

  it('is taken over when it has expired, and that is said', async () => {
    const folder = await newFolder();
    const lake = s3Lake(folder);
    await lake.write('lock.json', heldBy('run-1', -12, -1));
    await using lock = await lake.lock('run-2');
    expect(lock.takenOverFrom).toContain('run run-1 (since ');
    expect(JSON.parse(await textOf(lake, 'lock.json')).run).toBe('run-2');
  });

  it('is taken over by one of many that find it expired', async () => {
    const folder = await newFolder();
    await s3Lake(folder).write('lock.json', heldBy('run-0', -12, -1));
    const all = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => enterLock(folder, `run-${i + 1}`)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is left alone by a run that has lost it', async () => {
    const folder = await newFolder();
    await enterLock(folder, 'run-2');
    await leaveLock(folder, 'run-1');
    expect(JSON.parse(await textOf(s3Lake(folder), 'lock.json')).run).toBe('run-2');
  });
});

describe('A3: what S3 refuses is said with its place', () => {
  const calls: readonly (readonly [string, (lake: Lake) => Promise<unknown>])[] = [
    ['PutObject', (lake) => lake.write('a', 'rows')],
    ['GetObject', (lake) => lake.get('a')],
    ['ListBucket', (lake) => keysOf(lake, '')],
    ['PutObjectTagging', (lake) => lake.remove(['a'])],
    ['Locking', (lake) => lake.lock('run')],
  ];

  it.each(calls)('no such bucket, at %s', async (action, call) => {
    const lake = s3Lake({ ...(await newFolder()), bucket: 'not-there' });
    const refused = await call(lake).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as Error).message).toMatch(/s3:\/\/not-there.*NoSuchBucket.*Name a bucket that is there/);
    expect((refused as Error).message).toContain(action);
  });

  it('denied', async () => {
    const folder = await newFolder();
    const keys = await keysOfUser(emulator.endpoint, 'reader', ['s3:ListBucket', 's3:GetObject']);
    const lake = s3Lake({ ...folder, client: clientsWith(emulator.endpoint, keys).s3 });
    expect(await lake.get('a')).toBeUndefined();
    await expect(lake.write('a', 'rows')).rejects.toThrow(
      `s3:PutObject on ${lake.location('a')} failed (AccessDenied)`,
    );
    await expect(lake.remove(['a'])).rejects.toThrow('s3:PutObjectTagging');
    await expect(lake.lock('run')).rejects.toThrow(`Locking on ${lake.location('')} failed (AccessDenied)`);
  });
});
