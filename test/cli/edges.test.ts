import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDemoLake, withLake } from '../../cli/edges.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';
import { rolecall } from './command_line.ts';

const nothing = async (): Promise<string> => 'used';

/** A folder as a run of the demo leaves it, or as a snapshot does. */
function lakeWith(...files: readonly string[]): string {
  const folder = join(temporaryFolder(), 'lake');
  mkdirSync(folder);
  for (const file of files) writeFileSync(join(folder, file), '');
  return folder;
}

describe('A7 what is made up never mixes with what was read', () => {
  it('the demo marks its lake, may run there again, and nothing else is published there', async () => {
    const folder = join(temporaryFolder(), 'lake');

    expect(await withDemoLake(folder, nothing)).toBe('used');
    expect(await withDemoLake(folder, nothing)).toBe('used');
    await expect(withLake(folder, nothing)).rejects.toThrow(/holds the made-up organization.*--lake/);
  });

  it.each([
    { command: 'demo', files: ['catalog.json'], args: ['demo'] },
    { command: 'snapshot', files: ['catalog.json', 'demo'], args: ['snapshot', '--from', '.'] },
    { command: 'derive', files: ['catalog.json', 'demo'], args: ['derive', '--since', '2026-01-05'] },
  ])('$command ends with 2 in the lake of the other', async ({ files, args }) => {
    const { exitCode, err } = await rolecall(...args, '--lake', lakeWith(...files));

    expect(err).toMatch(/Name another folder with --lake, or delete/);
    expect(exitCode).toBe(2);
  });
});

describe('C7 where a question is asked', () => {
  it.each([
    { what: 'Athena reads no folder', args: ['query', 'snapshots', '--engine', 'athena', '--lake', 'lake'] },
    { what: 'the embedded engine reads no bucket', args: ['sql', 'select 1', '--lake', 's3://bucket/lake'] },
  ])('$what', async ({ args }) => {
    const { exitCode, err } = await rolecall(...args);

    expect(err).toMatch(/does not read .*Ask a folder with --engine duckdb, and s3:\/\/… with --engine athena/);
    expect(exitCode).toBe(2);
  });

  it('a command that works in a folder refuses a bucket, and names those that do not', async () => {
    const { exitCode, err } = await rolecall('whatif', '--lake', 's3://bucket/lake');

    expect(err).toMatch(/works in a folder; query, sql, findings, diff and report read s3:\/\/…/);
    expect(exitCode).toBe(2);
  });
});
