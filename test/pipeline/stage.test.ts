import { describe, expect, it } from 'vitest';
import { ContractError, NothingReadError } from '../../errors.ts';
import { collectBatch } from '../../pipeline/batch.ts';
import { batchesOf, planRun } from '../../pipeline/plan.ts';
import { newRun } from '../../pipeline/run.ts';
import { stageRun } from '../../pipeline/stage.ts';
import { edgesOf, everything, keysIn, newLake, rowsOf, sourceOf, weeks } from './snapshots.ts';

const organization = Array.from({ length: 60 }, (_, i) => ({ id: String(100_000_000_000 + i), roles: ['only'] }));
const { signal } = new AbortController();

/** A run of two batches, of which only the first was written to its end. */
async function halfARun() {
  const edges = edgesOf(newLake(), sourceOf(organization));
  const run = newRun(weeks[0]);
  const plan = await planRun(edges.source, everything, signal);
  const [first, second] = batchesOf(plan);
  const collect = (batch: typeof first) => collectBatch(edges, run, batch!, plan, () => undefined, signal);
  await collect(first);
  return { edges, run, plan, second: second!, collect };
}

describe('Staging a run in which a batch broke off', () => {
  it('A4: has coverage error, collector_crashed, for the accounts that no manifest names', async () => {
    const { edges, run, plan, second } = await halfARun();
    const staged = await stageRun(edges, run, plan);
    const coverage = await rowsOf(edges.lake, staged, 'coverage', weeks[0]);
    const crashed = coverage.filter(({ error_code }) => error_code === 'collector_crashed');
    expect(new Set(crashed.map(({ account_id }) => account_id))).toEqual(
      new Set(second.accounts.map(({ account_id }) => account_id)),
    );
    expect(staged.snapshots).toMatchObject([{ accounts_planned: 60, accounts_complete: 50 }]);
  });

  it('drops files that no manifest names', async () => {
    const { edges, run, plan } = await halfARun();
    const stray = `runs/${run.id}/snapshot_date=${weeks[0]}/roles/00001.parquet`;
    await edges.lake.write(stray, 'written by a batch that broke off');
    const staged = await stageRun(edges, run, plan);
    expect(await keysIn(edges.lake)).not.toContain(stray);
    expect(staged.entries.map(({ key }) => key)).not.toContain(stray);
  });

  it('can be staged again when the batch has been repeated', async () => {
    const { edges, run, plan, second, collect } = await halfARun();
    await stageRun(edges, run, plan);
    await collect(second);
    const staged = await stageRun(edges, run, plan);
    expect(staged.snapshots).toMatchObject([{ accounts_planned: 60, accounts_complete: 60 }]);
    expect(await rowsOf(edges.lake, staged, 'roles', weeks[0])).toHaveLength(60);
    const coverage = await rowsOf(edges.lake, staged, 'coverage', weeks[0]);
    expect(coverage.filter(({ error_code }) => error_code === 'collector_crashed')).toEqual([]);
  });

  it('overwrites the files of a batch that is repeated', async () => {
    const { edges, plan, run, collect } = await halfARun();
    const before = await keysIn(edges.lake);
    await collect(batchesOf(plan)[0]);
    expect(await keysIn(edges.lake)).toEqual(before);
    expect(run.date).toBe(weeks[0]);
  });

  it('is refused when no batch wrote anything', async () => {
    const edges = edgesOf(newLake(), sourceOf(organization));
    const plan = await planRun(edges.source, everything, signal);
    await expect(stageRun(edges, newRun(weeks[0]), plan)).rejects.toThrow(NothingReadError);
  });

  it('is refused when a manifest is no manifest', async () => {
    const { edges, run, plan } = await halfARun();
    await edges.lake.write(`runs/${run.id}/manifest/00001.json`, '{"batch": 1');
    await expect(stageRun(edges, run, plan)).rejects.toThrow(ContractError);
  });
});
