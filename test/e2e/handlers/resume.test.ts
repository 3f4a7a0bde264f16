import { beforeEach, describe, expect, it } from 'vitest';
import { NothingReadError, UsageError } from '../../../errors.ts';
import { derive } from '../../../infra/handlers/derive.ts';
import { failed } from '../../../infra/handlers/failed.ts';
import { publish } from '../../../infra/handlers/publish.ts';
import { stage } from '../../../infra/handlers/stage.ts';
import type { SnapshotEdges } from '../../../pipeline/snapshot.ts';
import { edgesOf, keysIn, newLake, rowsOf, sourceOf, weeks } from '../../pipeline/snapshots.ts';
import { accounts, counted } from './organization.ts';
import { collected, executed, execution, finished, logLines, planned } from './state_machine.ts';

const [date] = weeks;
const five = accounts(5);
const failure = { Error: 'States.Timeout', Cause: 'it took too long' };

beforeEach(() => {
  logLines();
});

/** A run that was stopped when two of five accounts were read. */
async function stopped() {
  const { source, asked } = counted(sourceOf(five));
  const edges = edgesOf(newLake(), source);
  const { run_id } = await planned(edges, execution({ date }));
  await collected(edges, { run_id, date, plan_key: '' }, { size: 0, first: 2 });
  return { edges, asked, run_id };
}

const publishedRuns = async ({ catalog }: SnapshotEdges) =>
  (await catalog.published()).snapshots.map(({ run_id }) => run_id);

describe('A3: a run that stopped, started again by its id', () => {
  it('plans nothing anew, reads what is missing, and is published once', async () => {
    const { edges, asked, run_id } = await stopped();
    await executed(edges, execution({ run_id }, 'again'), 0);
    expect(asked.filter((what) => what === 'plan')).toHaveLength(1);
    expect(asked.filter((what) => what !== 'plan').sort()).toEqual(five.map(({ id }) => id));
    expect(await publishedRuns(edges)).toEqual([run_id]);
    const roles = await rowsOf(edges.lake, await edges.catalog.published(), 'roles', date);
    expect(roles.map(({ account_id }) => account_id)).toEqual(five.map(({ id }) => id));
  });

  it.each(['stage', 'derive'] as const)('goes on also when it stopped after %s', async (last) => {
    const edges = edgesOf(newLake(), sourceOf(five));
    const state = await planned(edges, execution({ date }));
    await collected(edges, state);
    const { steps } = await stage(edges, state);
    if (last === 'derive') for (const step of steps.slice(0, 2)) await derive(edges, { ...state, step });
    await executed(edges, execution({ run_id: state.run_id }, 'again'));
    expect(await publishedRuns(edges)).toEqual([state.run_id]);
  });

  it('keeps its date and its accounts; another date is refused', async () => {
    const { edges, run_id } = await stopped();
    expect(await planned(edges, execution({ run_id }, 'again'))).toMatchObject({ run_id, date });
    const another = planned(edges, execution({ run_id, date: weeks[1] }, 'again'));
    await expect(another).rejects.toThrow(`Run ${run_id} is one of ${date}, not of ${weeks[1]}`);
  });

  it('can publish again when the answer of publishing was lost; later it is refused, for readers see its files', async () => {
    const edges = edgesOf(newLake(), sourceOf(five));
    const state = await planned(edges, execution({ date }));
    await collected(edges, state);
    const first = await finished(edges, state);
    expect(await publish(edges, state)).toEqual(first);
    expect(await publishedRuns(edges)).toEqual([state.run_id]);
    const before = await keysIn(edges.lake);
    const again = execution({ run_id: state.run_id }, 'again');
    await expect(executed(edges, again)).rejects.toThrow(`Run ${state.run_id} is published`);
    expect(await keysIn(edges.lake)).toEqual(before);
  });
});

describe('A3: one run at a time', () => {
  it('another execution is refused while one is at work, and does not take its lock away', async () => {
    const { edges } = await stopped();
    const other = execution({ date: weeks[1] }, 'other');
    await expect(executed(edges, other)).rejects.toThrow(UsageError);
    await expect(planned(edges, other)).rejects.toThrow('in use by');
  });

  it('a run that fails gives the lock back, before and after it has a plan; what it wrote stays', async () => {
    const { edges, run_id } = await stopped();
    const before = (await keysIn(edges.lake)).filter((key) => key !== 'lock.json');
    expect(await failed(edges, { execution: execution({ date }), error: failure })).toEqual({ run_id });
    expect(await keysIn(edges.lake)).toEqual(before);
    await planned(edges, execution({ date: weeks[1] }, 'other'));
    const empty = edgesOf(newLake(), sourceOf([]));
    await expect(executed(empty, execution({ date }))).rejects.toThrow(NothingReadError);
    expect(await keysIn(empty.lake)).toEqual([]);
  });

  it('a lock that AWS does not let go is an error: nobody else would get in', async () => {
    const refused = new UsageError('s3:DeleteObject failed', { cause: new Error('AccessDenied') });
    const lake = { ...newLake(), lock: () => Promise.reject(refused) };
    await expect(failed({ lake }, { execution: execution({ date }), error: failure })).rejects.toThrow(refused);
  });

  it('is one run to all states of an execution, and another one to the next execution', async () => {
    const run = async (Name: string) =>
      (await failed({ lake: newLake() }, { execution: execution({}, Name), error: failure })).run_id;
    expect(await run('weekly')).toBe(await run('weekly'));
    expect(await run('weekly')).not.toBe(await run('daily'));
    expect(await run('weekly')).toMatch(/^20260105T050000123Z-[0-9a-f]{8}$/);
  });
});

describe('A3: what an execution is asked', () => {
  it('is the day on which it starts, and everything, unless it says otherwise', async () => {
    const edges = edgesOf(newLake(), sourceOf(five));
    expect(await planned(edges, execution())).toMatchObject({ date: '2026-01-05' });
  });

  it('A4: leaves accounts that it does not name planned, with coverage that says so', async () => {
    const edges = edgesOf(newLake(), sourceOf(five));
    await executed(edges, execution({ date, accounts: [five[1]!.id] }));
    const published = await edges.catalog.published();
    expect(published.snapshots).toMatchObject([{ accounts_planned: 5, accounts_complete: 1 }]);
    const coverage = await rowsOf(edges.lake, published, 'coverage', date);
    const roles = coverage.filter(({ resource }) => resource === 'roles').map(({ status }) => status);
    expect(roles).toEqual(['not_provided', 'ok', 'not_provided', 'not_provided', 'not_provided']);
  });

  it.each([
    ['a date that is none', { date: '2026-02-30' }, 'is no date'],
    ['an account that is none', { accounts: ['shop'] }, 'accounts'],
    ['a run id that leads elsewhere', { run_id: '../other' }, 'run_id'],
    ['a word that it does not know', { region: 'eu-west-1' }, 'region'],
  ])('is refused when it has %s', async (_, input, named) => {
    const edges = edgesOf(newLake(), sourceOf(five));
    await expect(planned(edges, execution(input))).rejects.toThrow(named);
    expect(await keysIn(edges.lake)).toEqual([]);
  });

  it('is refused by a state whose step before was never taken', async () => {
    const edges = edgesOf(newLake(), sourceOf(five));
    const state = { run_id: 'unknown', date, plan_key: '' };
    await expect(stage(edges, state)).rejects.toThrow('plan.json is missing. Start run unknown again');
    const known = await planned(edges, execution({ date }));
    await expect(publish(edges, known)).rejects.toThrow('staged.json is missing');
  });
});
