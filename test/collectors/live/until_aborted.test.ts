import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { orAborted, untilAborted } from '../../../collectors/live/until_aborted.ts';

const never = new Promise<never>(() => undefined);

async function* pages() {
  yield 1;
  yield 2;
  await never;
}

describe('A4 an aborted run waits for no answer', () => {
  it('a request that never answers ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const waiting = orAborted(never, stop.signal);

    stop.abort(new Error('stopped'));

    await expect(waiting).rejects.toThrow('stopped');
  });

  it('nothing is begun once it is aborted', async () => {
    await expect(orAborted(never, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('a listing gives its pages until then', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const page of untilAborted(pages(), stop.signal)) seen.push(page);
    })();

    await sleep(5);
    stop.abort(new Error('stopped'));

    await expect(reading).rejects.toThrow('stopped');
    expect(seen).toEqual([1, 2]);
  });

  it('answers and refusals pass through', async () => {
    const { signal } = new AbortController();

    expect(await orAborted(Promise.resolve('answer'), signal)).toBe('answer');
    await expect(orAborted(Promise.reject(new Error('refused')), signal)).rejects.toThrow('refused');
  });
});
