import { describe, expect, it } from 'vitest';
import { ContractError, UsageError } from '../../errors.ts';
import { contentsOf, type Partition, partitionsOf } from '../../lake/partition.ts';
import { first, second } from './catalog_contract.ts';
import { entry, snapshotRow } from './snapshot_row.ts';

const contents = {
  snapshots: [snapshotRow(first, 'a'), snapshotRow(second, 'b')],
  entries: [
    entry('a', first, 'roles'),
    entry('a', first, 'snapshots'),
    { ...entry('b', second, 'findings'), key: `runs/b/snapshot_date=${second}/findings/public_functions/1/x.parquet` },
    { ...entry('b', second, 'findings'), key: `runs/b/snapshot_date=${second}/findings/shared_roles/1/x.parquet` },
  ],
};

const without = (partitions: readonly Partition[], table: string, date: string): readonly Partition[] =>
  partitions.filter((partition) => partition.table !== table || partition.snapshot_date !== date);

describe('C7: a partition of Glue tells which files it shows', () => {
  it('gives back what it was made of', () => {
    expect(contentsOf(partitionsOf(contents))).toEqual(contents);
  });

  it('keeps the files by their names in its folder', () => {
    expect(partitionsOf(contents)[1]).toEqual({
      table: 'findings',
      snapshot_date: second,
      folder: `runs/b/snapshot_date=${second}/findings`,
      parameters: { 'rolecall.entries.0': '[["public_functions/1/x.parquet",1,4],["shared_roles/1/x.parquet",1,4]]' },
    });
  });

  it('splits a list that is longer than a value of Glue may be', () => {
    const partitions = partitionsOf(contents, 30);
    const values = partitions.flatMap(({ parameters }) =>
      Object.entries(parameters).filter(([name]) => name.startsWith('rolecall.entries')),
    );
    expect(Math.max(...values.map(([, value]) => value.length))).toBe(30);
    expect(contentsOf(partitions)).toEqual(contents);
  });

  it('does not show a date whose snapshot is away: it is being published', () => {
    expect(contentsOf(without(partitionsOf(contents), 'snapshots', second))).toEqual({
      snapshots: [snapshotRow(first, 'a')],
      entries: contents.entries.slice(0, 2),
    });
  });

  it('leaves out tables that this rolecall does not have', () => {
    const entries = [...contents.entries, entry('a', first, 'of_an_older_rolecall')];
    expect(partitionsOf({ ...contents, entries })).toEqual(partitionsOf(contents));
  });

  it('refuses files of one table and date in several folders, of which Glue could show one', () => {
    const entries = [entry('a', first, 'roles'), entry('b', first, 'roles')];
    expect(() => partitionsOf({ ...contents, entries })).toThrow(ContractError);
    expect(() => partitionsOf({ ...contents, entries })).toThrow(`Files of roles at ${first} lie in several folders`);
  });

  it.each([
    ['has no list of files', {}],
    ['has a list that was cut off', { 'rolecall.entries.0': '[["rows.parq' }],
  ])('refuses a partition that %s', (_, parameters) => {
    const foreign = { table: 'roles', snapshot_date: first, folder: 'elsewhere', parameters };
    const all = [...without(partitionsOf(contents), 'roles', first), foreign];
    expect(() => contentsOf(all)).toThrow(UsageError);
    expect(() => contentsOf(all)).toThrow(`The partition ${first} of table roles was not made by rolecall`);
  });
});
