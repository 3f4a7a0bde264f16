import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../pipeline/in_order.ts';

async function gather<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('Work on several accounts at a time', () => {
  it('gives results in the order of the items, whoever is quicker', async () => {
    const work = async (ms: number) => {
      await sleep(ms);
      return ms;
    };
    expect(await gather(inOrder([20, 1, 10, 0, 5], 3, work))).toEqual([20, 1, 10, 0, 5]);
  });

  it('holds no more than so many results that nobody has taken', async () => {
    let started = 0;
    let taken = 0;
    let most = 0;
    const work = async (item: number) => {
      started += 1;
      most = Math.max(most, started - taken);
      return item;
    };
    for await (const _ of inOrder(
      Array.from({ length: 20 }, (_, i) => i),
      4,
      work,
    ))
      taken += 1;
    expect(most).toBe(4);
  });

  it('ends with the first failure, and others that fail do no harm', async () => {
    const work = async (item: number) => {
      if (item > 0) throw new Error(`item ${item}`);
      return item;
    };
    await expect(gather(inOrder([0, 1, 2, 3], 4, work))).rejects.toThrow('item 1');
  });
});
