import { access, constants, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Lock } from './lake.ts';

const holderShape = z.object({
  pid: z.int(),
  host: z.string(),
  /** The run that holds the lock. */
  run: z.string(),
  /** When the process began; tells a process from a later one of the same number. */
  start: z.iso.datetime(),
});
type Holder = z.infer<typeof holderShape>;

const self = (run: string): Holder => ({
  pid: process.pid,
  host: hostname(),
  run,
  start: new Date(Math.round(performance.timeOrigin)).toISOString(),
});

const describe = ({ run, pid, host, start }: Holder): string =>
  `run ${run} (process ${pid} on ${host}, started ${start})`;

const code = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

function isAlive({ pid, host, start }: Holder): boolean {
  const me = self('');
  if (host !== me.host) return true; // nobody can tell from here
  if (pid === me.pid) return start === me.start;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return code(error) !== 'ESRCH';
  }
}

/** The holder's words in lock.json; undefined when the lock was given back meanwhile. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (code(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return holderShape.parse(JSON.parse(text));
  } catch (error) {
    const what = `${path} is not a lock that rolecall wrote. Delete it when no run is using this lake`;
    throw new UsageError(what, { cause: error });
  }
}

/** Links a finished file to the name: exclusive, and never seen half written. False when somebody holds it. */
async function claim(path: string, mine: Holder): Promise<boolean> {
  const draft = `${path}.${mine.pid}-${mine.run}`;
  await writeFile(draft, `${JSON.stringify(mine)}\n`);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (code(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Takes a dead holder's lock away; when another run was quicker and its lock came along, gives it back. */
async function bury(path: string, dead: Holder, mine: Holder): Promise<void> {
  const grave = `${path}.dead-${mine.pid}-${mine.run}`;
  await rename(path, grave).catch(() => undefined);
  const buried = await readHolder(grave);
  if (buried !== undefined && buried.run !== dead.run) await link(grave, path).catch(() => undefined);
  await rm(grave, { force: true });
}

async function makeFolder(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
    await access(root, constants.W_OK);
  } catch (error) {
    throw new UsageError(`The lake ${root} is no folder that can be written (${code(error)}). Name another one`, {
      cause: error,
    });
  }
}

/**
 * Locks a lake in a folder for one run, which may enter again.
 * @throws UsageError naming the holder when another run, as far as can be known, is alive.
 */
export async function lockFolder(root: string, run: string): Promise<Lock> {
  const path = join(root, 'lock.json');
  const mine = self(run);
  await makeFolder(root);
  let takenOverFrom: string | null = null;
  while (!(await claim(path, mine))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (holder.run === run && holder.pid === mine.pid && isAlive(holder)) break;
    if (isAlive(holder)) {
      throw new UsageError(
        `The lake ${root} is in use by ${describe(holder)}. Wait for it, or delete ${path} when that process is gone`,
      );
    }
    await bury(path, holder, mine);
    takenOverFrom = describe(holder);
  }
  return { takenOverFrom, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}
