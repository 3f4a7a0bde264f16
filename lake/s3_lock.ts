import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { asked } from './aws_refusal.ts';
import type { Lock } from './lake.ts';
import { addressOf, type S3Folder, urlOf } from './s3_place.ts';

const LOCK = 'lock.json';

/** Nobody can tell whether a run elsewhere is alive: after so long without a sign of it, it is not. */
const HOLD_MS = 6 * 60 * 60 * 1000;

const holderShape = z.object({ run: z.string(), since: z.iso.datetime(), expires: z.iso.datetime() });
type Holder = z.infer<typeof holderShape>;

/** Who holds the lock, and the version of lock.json that says so. */
interface Held {
  readonly holder: Holder;
  readonly etag: string;
}

const describe = ({ run, since, expires }: Holder): string => `run ${run} (since ${since}, until ${expires})`;

function parse(text: string, where: string): Holder {
  try {
    return holderShape.parse(JSON.parse(text));
  } catch (error) {
    const what = `${where} is not a lock that rolecall wrote. Delete it when no run is using this lake`;
    throw new UsageError(what, { cause: error });
  }
}

async function read(folder: S3Folder): Promise<Held | undefined> {
  try {
    const { Body, ETag } = await folder.client.send(new GetObjectCommand(addressOf(folder, LOCK)));
    return { holder: parse(await Body!.transformToString(), urlOf(folder, LOCK)), etag: ETag! };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Somebody else was quicker: 412 when the object is not as expected, 409 when both wrote at once, 404 when it went. */
const wasQuicker = (error: unknown): boolean =>
  [404, 409, 412].includes((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0) &&
  (error as Error).name !== 'NoSuchBucket';

/** Writes the lock if lock.json is still as it was found. False when it is not. */
async function claim(folder: S3Folder, found: Held | undefined, mine: Holder): Promise<boolean> {
  const condition = found === undefined ? { IfNoneMatch: '*' } : { IfMatch: found.etag };
  const Body = `${JSON.stringify(mine)}\n`;
  try {
    await folder.client.send(new PutObjectCommand({ ...addressOf(folder, LOCK), Body, ...condition }));
    return true;
  } catch (error) {
    if (wasQuicker(error)) return false;
    throw error;
  }
}

function holderNow(run: string, found: Held | undefined): Holder {
  const now = new Date();
  const expires = new Date(now.getTime() + HOLD_MS).toISOString();
  return { run, since: found?.holder.run === run ? found.holder.since : now.toISOString(), expires };
}

async function enter(folder: S3Folder, run: string): Promise<string | null> {
  while (true) {
    const found = await read(folder);
    const other = found !== undefined && found.holder.run !== run ? found.holder : undefined;
    if (other !== undefined && Date.parse(other.expires) > Date.now()) {
      throw new UsageError(
        `The lake ${urlOf(folder, '')} is in use by ${describe(other)}. Wait for it, or delete ${urlOf(folder, LOCK)} when that run is gone`,
      );
    }
    if (await claim(folder, found, holderNow(run, found))) return other === undefined ? null : describe(other);
  }
}

async function leave(folder: S3Folder, run: string): Promise<void> {
  const found = await read(folder);
  if (found?.holder.run !== run) return;
  await folder.client.send(new DeleteObjectCommand({ ...addressOf(folder, LOCK), IfMatch: found.etag }));
}

/**
 * Locks a lake in a bucket for one run, or holds on to it: the processes of a run share its lock.
 * @returns whose lock was taken over because it had expired, in words; else null.
 * @throws UsageError naming the holder when another run's lock has not expired.
 */
export const enterLock = (folder: S3Folder, run: string): Promise<string | null> =>
  asked('Locking', urlOf(folder, ''), () => enter(folder, run));

/** Gives the lock back; another run's is left alone. */
export const leaveLock = (folder: S3Folder, run: string): Promise<void> =>
  asked('s3:DeleteObject', urlOf(folder, LOCK), () => leave(folder, run));

/** The same for a process that does the whole run. */
export async function lockBucket(folder: S3Folder, run: string): Promise<Lock> {
  const takenOverFrom = await enterLock(folder, run);
  return { takenOverFrom, [Symbol.asyncDispose]: () => leaveLock(folder, run) };
}
