import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../errors.ts';
import { folderLake } from '../../lake/folder.ts';
import { keysOf, lakeContract } from './lake_contract.ts';
import { temporaryFolder } from './temporary_folder.ts';

lakeContract('A7: a lake in a folder', async () => folderLake(temporaryFolder()));

describe('A7: a lake in a folder', () => {
  it('is made when something is first written, not by reading', async () => {
    const root = join(temporaryFolder(), 'deep', 'lake');
    const lake = folderLake(root);
    await lake.get('catalog.json');
    await keysOf(lake, 'runs/');
    expect(existsSync(root)).toBe(false);
    await lake.write('runs/a/file.json', 'text');
    expect(existsSync(root)).toBe(true);
  });

  it('moves a finished file in, and leaves none beside it', async () => {
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
