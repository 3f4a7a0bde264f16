import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ContractError, UsageError } from '../../errors.ts';
import type { Catalog, Published } from '../../lake/catalog.ts';
import { ask } from '../../queries/ask.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine } from '../../queries/engine.ts';
import { fixtureLake } from './fixture_lake.ts';

let root: string;
let contents: Published;
let engine: Engine;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'rolecall-ask-'));
  const fixture = await fixtureLake({ roles: [{ snapshot_date: '2026-01-05', arn: 'role/a' }] }, root);
  contents = fixture.contents;
  engine = duckdb(fixture.lake);
});

afterEach(async () => {
  await engine.close();
  rmSync(root, { recursive: true });
});

/** A catalog that shows these states, one at each look, the last one from then on. */
function showing(...states: readonly Published[]): Catalog & { looks: number } {
  const readOnly = () => Promise.reject(new Error('only read here'));
  const catalog = {
    looks: 0,
    published: async () => states[Math.min(catalog.looks++, states.length - 1)]!,
    stage: readOnly,
    mend: readOnly,
    show: readOnly,
    publish: readOnly,
  };
  return catalog;
}

const derivedBy = (derived_run_id: string): Published => ({
  ...contents,
  snapshots: contents.snapshots.map((row) => ({ ...row, derived_run_id })),
});

const withRun = (run_id: string): Published => ({
  ...contents,
  snapshots: contents.snapshots.map((row) => ({ ...row, run_id, rolecall_version: run_id })),
});

describe('C7 asking a saved question', () => {
  test('answers rows with the question and the parameters it was asked with', async () => {
    const answer = await ask({ engine, catalog: showing(contents) }, 'shared_role_clusters', { at_least: '3' });
    expect(answer.rows).toEqual([]);
    expect(answer.question.name).toBe('shared_role_clusters');
    expect(answer.parameters).toEqual({ snapshot: 'latest', at_least: '3' });
  });

  test('an unknown name is answered with the names there are', async () => {
    const act = ask({ engine, catalog: showing(contents) }, 'shared', {});
    await expect(act).rejects.toThrow(UsageError);
    await expect(act).rejects.toThrow(/no question "shared".*shared_role_clusters/);
  });

  test('a run published meanwhile: asked once more, over what is published then', async () => {
    const seen: string[] = [];
    const watching: Engine = {
      ...engine,
      query: (sql, from, asking) => {
        seen.push(from.snapshots[0]!.run_id);
        return engine.query(sql, from, asking);
      },
    };
    await ask(
      { engine: watching, catalog: showing(withRun('one'), withRun('two'), withRun('three')) },
      'snapshots',
      {},
    );
    expect(seen).toEqual(['one', 'two']);
  });

  test('derived again meanwhile, by a run of an earlier date: asked once more', async () => {
    const catalog = showing(derivedBy('one'), derivedBy('two'));
    let asked = 0;
    const counting: Engine = {
      ...engine,
      query: (sql, from, asking) => {
        asked += 1;
        return engine.query(sql, from, asking);
      },
    };
    await ask({ engine: counting, catalog }, 'snapshots', {});
    expect(asked).toBe(2);
  });

  test('a run published meanwhile whose old files are gone: asked once more', async () => {
    const gone = {
      ...withRun('one'),
      entries: contents.entries.map((entry) => ({ ...entry, key: `gone/${entry.key}` })),
    };
    const answer = await ask({ engine, catalog: showing(gone, withRun('two')) }, 'shared_role_clusters', {});
    expect(answer.rows).toEqual([]);
    await expect(ask({ engine, catalog: showing(gone) }, 'shared_role_clusters', {})).rejects.toThrow(/gone/);
  });

  test('an answer with other columns than the header promises is an error that shows both', async () => {
    const other: Engine = { ...engine, query: async () => ({ columns: [{ name: 'a', type: 'bigint' }], rows: [] }) };
    const act = ask({ engine: other, catalog: showing(contents) }, 'shared_role_clusters', {});
    await expect(act).rejects.toThrow(ContractError);
    await expect(act).rejects.toThrow(
      /shared_role_clusters\.sql declares the columns role_arn: varchar.* answers a: bigint/,
    );
  });
});
