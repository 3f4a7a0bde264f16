import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import type { Lake, StoredFile } from '../../lake/lake.ts';
import { temporaryFolder } from './temporary_folder.ts';

export async function filesOf(lake: Lake, prefix: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of lake.list(prefix)) files.push(file);
  return files;
}

export const keysOf = async (lake: Lake, prefix: string): Promise<readonly string[]> =>
  (await filesOf(lake, prefix)).map(({ key }) => key);

export const textOf = async (lake: Lake, key: string): Promise<string> => new TextDecoder().decode(await lake.get(key));

/** What every lake does, wherever it lies. */
export function lakeContract(name: string, make: () => Promise<Lake>): void {
  describe(`${name} keeps files by key`, () => {
    it('has none of a key that was never written', async () => {
      const lake = await make();
      expect(await lake.get('catalog.json')).toBeUndefined();
      expect(await keysOf(lake, 'runs/')).toEqual([]);
    });

    it('gives back what was written, the last time', async () => {
      const lake = await make();
      for (const text of ['old', 'ünïcode 𐀀']) await lake.write('runs/a/file.json', text);
      expect(await textOf(lake, 'runs/a/file.json')).toBe('ünïcode 𐀀');
    });

    it('takes a finished file, in place of an earlier one', async () => {
      const lake = await make();
      await lake.write('runs/a/rows', 'old');
      const file = join(temporaryFolder(), 'made');
      writeFileSync(file, 'new');
      await lake.put('runs/a/rows', file);
      expect(await textOf(lake, 'runs/a/rows')).toBe('new');
    });

    it('lists what begins with a prefix, by key, with size and time', async () => {
      const lake = await make();
      for (const key of ['runs/b/1', 'runs/a/2', 'runs/a/10', 'runs/ab', 'other']) await lake.write(key, 'four');
      expect(await keysOf(lake, 'runs/a')).toEqual(['runs/a/10', 'runs/a/2', 'runs/ab']);
      expect(await keysOf(lake, 'runs/a/')).toEqual(['runs/a/10', 'runs/a/2']);
      expect(await filesOf(lake, 'other')).toMatchObject([{ bytes: 4, modified: expect.any(Date) }]);
    });
  });

  describe(`${name} is written by one run at a time`, () => {
    it('which gives it back', async () => {
      const lake = await make();
      const lock = await lake.lock('run-1');
      expect(lock.takenOverFrom).toBeNull();
      await lock[Symbol.asyncDispose]();
      await using next = await lake.lock('run-2');
      expect(next.takenOverFrom).toBeNull();
    });

    it('while others are refused, and told which run it is', async () => {
      const lake = await make();
      await using _ = await lake.lock('run-1');
      await expect(lake.lock('run-2')).rejects.toThrow(UsageError);
      await expect(lake.lock('run-2')).rejects.toThrow(/The lake .* is in use by run run-1/);
    });

    it('which may enter again', async () => {
      const lake = await make();
      await using _ = await lake.lock('run-1');
      await using again = await lake.lock('run-1');
      expect(again.takenOverFrom).toBeNull();
    });

    it('of many that come at once', async () => {
      const lake = await make();
      const locks = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => lake.lock(`run-${i}`)));
      expect(locks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it.each(['', '{}', 'not json'])('and a lock.json that holds %j is not touched', async (text) => {
      const lake = await make();
      await lake.write('lock.json', text);
      await expect(lake.lock('run-2')).rejects.toThrow('is not a lock that rolecall wrote');
      expect(await textOf(lake, 'lock.json')).toBe(text);
    });
  });
}
