import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { edgesOf, filesOf, newLake, sourceOf, take, weeks } from '../pipeline/snapshots.ts';

const death = new Error('the process is dead');

/** A lake in which nothing happens any more from the n-th file on, as when the process dies before storing it. */
function dyingAt(lake: Lake, nth: number): { lake: Lake; isDead: () => boolean } {
  let stored = 0;
  const alive = <T>(work: () => Promise<T>): Promise<T> => (stored < nth ? work() : Promise.reject(death));
  const storing = (work: () => Promise<void>): Promise<void> => {
    stored += 1;
    return alive(work);
  };
  return {
    isDead: () => stored >= nth,
    lake: {
      ...lake,
      put: (key, file) => storing(() => lake.put(key, file)),
      write: (key, bytes) => storing(() => lake.write(key, bytes)),
      get: (key) => alive(() => lake.get(key)),
      remove: (keys) => alive(() => lake.remove(keys)),
      async lock(owner) {
        const lock = await lake.lock(owner);
        return { ...lock, [Symbol.asyncDispose]: () => alive(() => Promise.resolve(lock[Symbol.asyncDispose]())) };
      },
    },
  };
}

/** What is left of a lock is that of a process that has ended; this one goes on. */
function buryHolder(lake: Lake, pid: number): void {
  const path = lake.location('lock.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), pid }));
}

describe('A run that dies before any one of its files is stored', () => {
  it('leaves the old state to readers and the lake to the next run, time after time', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const real = newLake();
    const organization = { id: '111111111111', adminAsOf: '2024-01-01T00:00:00Z' };
    const edges = edgesOf(real, sourceOf([{ ...organization, roles: ['a'] }]));
    await take(edges, weeks[0]);
    const old = await filesOf(real, await edges.catalog.published());
    const source = sourceOf([{ ...organization, roles: ['a', 'b'] }]);
    let deaths = 0;
    for (;;) {
      const { lake, isDead } = dyingAt(real, deaths + 1);
      const run = take({ ...edges, ...edgesOf(lake, source) }, weeks[1]);
      await run.catch((error) => expect([error.message, error.error?.message]).toContain(death.message));
      if (!isDead()) break;
      buryHolder(real, dead);
      expect(await filesOf(real, await edges.catalog.published())).toEqual(old);
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(25);
    const fresh = edgesOf(newLake(), source);
    await take(edgesOf(fresh.lake, sourceOf([{ ...organization, roles: ['a'] }])), weeks[0]);
    await take(fresh, weeks[1]);
    expect(await filesOf(real, await edges.catalog.published())).toEqual(
      await filesOf(fresh.lake, await fresh.catalog.published()),
    );
  });
});
