import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import { folderLake } from '../../lake/folder.ts';
import { temporaryFolder } from './temporary_folder.ts';

const start = '2026-01-05T10:00:00.000Z';

/** The number of a process that has ended. */
const deadProcess = (): number => spawnSync(process.execPath, ['-e', '']).pid;

function lakeHeldBy(holder: object | string): { root: string; path: string } {
  const root = temporaryFolder();
  const path = join(root, 'lock.json');
  writeFileSync(path, typeof holder === 'string' ? holder : JSON.stringify(holder));
  return { root, path };
}

describe('The lock of a lake in a folder', () => {
  it('says in lock.json who holds it, and gives it back', async () => {
    const root = temporaryFolder();
    const lock = await folderLake(root).lock('run-1');
    expect(JSON.parse(readFileSync(join(root, 'lock.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
      run: 'run-1',
    });
    expect(lock.takenOverFrom).toBeNull();
    await lock[Symbol.asyncDispose]();
    expect(readdirSync(root)).toEqual([]);
  });

  it('names the process to those it refuses', async () => {
    const lake = folderLake(temporaryFolder());
    await using _ = await lake.lock('run-1');
    await expect(lake.lock('run-2')).rejects.toThrow(`run run-1 (process ${process.pid} on ${hostname()}`);
  });

  it('refuses a lake that another living process holds', async () => {
    const { root, path } = lakeHeldBy({ pid: process.ppid, host: hostname(), run: 'run-1', start });
    await expect(folderLake(root).lock('run-2')).rejects.toThrow(`delete ${path} when that process is gone`);
  });

  it('refuses a lake held on another host, where nobody can tell whether the process lives', async () => {
    const { root } = lakeHeldBy({ pid: deadProcess(), host: 'elsewhere', run: 'run-1', start });
    await expect(folderLake(root).lock('run-2')).rejects.toThrow('on elsewhere');
  });

  it('takes the lock of a dead process over and says so', async () => {
    const pid = deadProcess();
    const { root, path } = lakeHeldBy({ pid, host: hostname(), run: 'run-1', start });
    await using lock = await folderLake(root).lock('run-2');
    expect(lock.takenOverFrom).toBe(`run run-1 (process ${pid} on ${hostname()}, started ${start})`);
    expect(JSON.parse(readFileSync(path, 'utf8')).run).toBe('run-2');
    expect(readdirSync(root)).toEqual(['lock.json']);
  });

  it('takes over from an earlier process that had the same number, as in containers', async () => {
    const { root } = lakeHeldBy({ pid: process.pid, host: hostname(), run: 'run-1', start });
    await using lock = await folderLake(root).lock('run-2');
    expect(lock.takenOverFrom).toContain('run-1');
  });

  it('lets one of many in when a dead lock is found by all at once', async () => {
    const { root } = lakeHeldBy({ pid: deadProcess(), host: hostname(), run: 'run-0', start });
    const lake = folderLake(root);
    const locks = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => lake.lock(`run-${i + 1}`)));
    expect(locks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(root)).toEqual(['lock.json']);
  });

  it('says when the lake is no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(folderLake(file).lock('run-1')).rejects.toThrow(UsageError);
    await expect(folderLake(file).lock('run-1')).rejects.toThrow(`The lake ${file} is no folder`);
  });
});
