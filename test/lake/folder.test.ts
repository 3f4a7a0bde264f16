import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../errors.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake, StoredFile } from '../../lake/lake.ts';
import { temporaryFolder } from './temporary_folder.ts';

async function filesOf(lake: Lake, prefix: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of lake.list(prefix)) files.push(file);
  return files;
}

const keysOf = async (lake: Lake, prefix: string): Promise<readonly string[]> =>
  (await filesOf(lake, prefix)).map(({ key }) => key);

describe('A7: a lake in a folder', () => {
  it('is made when something is first written, not by reading', async () => {
    const root = join(temporaryFolder(), 'deep', 'lake');
    const lake = folderLake(root);
    expect(await lake.get('catalog.json')).toBeUndefined();
    expect(await keysOf(lake, 'runs/')).toEqual([]);
    expect(existsSync(root)).toBe(false);
    await lake.write('runs/a/file.json', 'text');
    expect(new TextDecoder().decode(await lake.get('runs/a/file.json'))).toBe('text');
  });

  it('moves a finished file in, in place of an earlier one', async () => {
    const root = temporaryFolder();
    const lake = folderLake(join(root, 'lake'));
    await lake.write('runs/a/rows', 'old');
    writeFileSync(join(root, 'made'), 'new');
    await lake.put('runs/a/rows', join(root, 'made'));
    expect(readFileSync(lake.location('runs/a/rows'), 'utf8')).toBe('new');
    expect(existsSync(join(root, 'made'))).toBe(false);
    expect(readdirSync(join(root, 'lake/runs/a'))).toEqual(['rows']);
  });

  const otherDisk = '/dev/shm';
  const isOtherDisk = existsSync(otherDisk) && statSync(otherDisk).dev !== statSync(tmpdir()).dev;

  it.runIf(isOtherDisk)('copies a file from another file system', async () => {
    const lake = folderLake(temporaryFolder());
    const file = join(otherDisk, `rolecall-test-${process.pid}`);
    writeFileSync(file, 'from afar');
    await lake.put('runs/a/rows', file);
    expect(readFileSync(lake.location('runs/a/rows'), 'utf8')).toBe('from afar');
    expect(existsSync(file)).toBe(false);
    expect(await keysOf(lake, '')).toEqual(['runs/a/rows']);
  });

  it('lists what begins with a prefix, by key, with size and time', async () => {
    const lake = folderLake(temporaryFolder());
    for (const key of ['runs/b/1', 'runs/a/2', 'runs/a/10', 'runs/ab', 'other']) await lake.write(key, 'four');
    expect(await keysOf(lake, 'runs/a')).toEqual(['runs/a/10', 'runs/a/2', 'runs/ab']);
    expect(await keysOf(lake, 'runs/a/')).toEqual(['runs/a/10', 'runs/a/2']);
    const [file] = await filesOf(lake, 'other');
    expect(file).toMatchObject({ bytes: 4, modified: expect.any(Date) });
  });

  it('removes files, and the folders they leave empty', async () => {
    const root = temporaryFolder();
    const lake = folderLake(root);
    for (const key of ['runs/a/x/1', 'runs/a/x/2', 'runs/b/1']) await lake.write(key, '');
    await lake.remove(['runs/a/x/1', 'runs/a/x/2', 'runs/never/was']);
    expect(readdirSync(join(root, 'runs'))).toEqual(['b']);
    await lake.remove(['runs/b/1']);
    expect(existsSync(root)).toBe(true);
  });

  it.each(['../out', 'runs/../../out', '/etc/passwd', 'runs//a', './a', 'runs\\a', 'C:a', 'a\0b'])(
    'refuses the key %j, which leads elsewhere',
    async (key) => {
      const root = temporaryFolder();
      mkdirSync(join(root, 'lake'));
      const lake = folderLake(join(root, 'lake'));
      await expect(lake.write(key, 'x')).rejects.toThrow(ContractError);
      await expect(lake.get(key)).rejects.toThrow(ContractError);
      await expect(lake.remove([key])).rejects.toThrow(ContractError);
      expect(() => lake.location(key)).toThrow(ContractError);
      expect(readdirSync(root)).toEqual(['lake']);
    },
  );
});
