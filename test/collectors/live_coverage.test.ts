import { describe, expect, it } from 'vitest';
import { collectAccount } from '../../collectors/account.ts';
import type { Found } from '../../collectors/found.ts';
import { type Listing, originOf, type Place } from '../../collectors/listing.ts';
import { tagColumns } from '../../collectors/ownership.ts';
import { callKey, NotReadable, type Source } from '../../collectors/source.ts';
import { accountId, accountRow, byResource, functionArn, global, lambda, never, region, regional } from './folder.ts';

const half: Found = { function_tags: [{ arn: functionArn('one'), columns: tagColumns({}) }], aliases: [] };

/** A source whose only account answers what the test says; before it breaks off it has told half. */
const answering = (
  answers: (listing: Listing, place: Place) => Found | NotReadable,
  calls = new Map<string, number>(),
): Source => ({
  plan: () => Promise.reject(new Error('not planned here')),
  open: async () => ({
    coverage: [],
    calls,
    async *read(listing, place) {
      for (const action of listing.actions) calls.set(callKey(place.region, action), 3);
      const answer = answers(listing, place);
      if (!(answer instanceof NotReadable)) return yield answer;
      yield half;
      throw answer;
    },
  }),
});

describe('A4: coverage of a live account', () => {
  const collect = (source: Source, signal = never) =>
    collectAccount(source, accountRow(), [region, 'us-east-1'], signal);

  it('has the requests of each listing and region, counted once, and the time it took', async () => {
    const { coverage } = await collect(answering(() => ({})));
    const rows = byResource(coverage);
    expect(rows.get(`${region} functions`)?.api_calls).toBe(3);
    expect(rows.get('us-east-1 microvms')?.api_calls).toBe(12);
    expect(global.map((key) => rows.get(key)?.api_calls)).toEqual([9, 0, 0, 0, 0]);
    for (const { duration_ms } of coverage) expect(duration_ms).toBeGreaterThanOrEqual(0);
  });

  it('counts the requests of a listing that was throttled, and drops what it gave', async () => {
    const throttled = new NotReadable('throttled', 'lambda:ListFunctions was throttled', 'TooManyRequestsException');
    const source = answering(({ resources }) => (resources.includes('functions') ? throttled : {}));
    const row = byResource((await collect(source)).coverage).get(`${region} functions`);
    expect(row).toMatchObject({ status: 'throttled', api_calls: 3, rows: 0, error_code: 'TooManyRequestsException' });
  });

  it('knows no aliases, not none, when they could not be read', async () => {
    const one = originOf({ accountId, region, functions: [] }, 'it');
    const denied = new NotReadable('denied', 'no aliases');
    const asked: (readonly string[] | NotReadable | undefined)[] = [];
    const source = answering(({ resources, scope, parse }, place) => {
      if (resources.includes('functions'))
        return place.region === region ? parse({ Functions: [lambda('one')] }, one) : {};
      if (resources.includes('function_versions')) return denied;
      if (scope === 'qualifier' && place.region === region) asked.push(place.functions[0]?.aliases);
      return {};
    });
    await collect(source);
    expect(asked).toEqual([denied]);
  });

  it('says of everything that the role is missing', async () => {
    const missing = new NotReadable('role_missing', 'no role', 'AccessDenied');
    const source: Source = { ...answering(() => ({})), open: () => Promise.reject(missing) };
    const { coverage } = await collect(source);
    expect(coverage).toHaveLength(global.length + 2 * regional.length);
    expect(new Set(coverage.map(({ status }) => status))).toEqual(new Set(['role_missing']));
  });

  it('is not written for a run that was stopped, nor for a fault of rolecall itself', async () => {
    const stop = new AbortController();
    const stopping = answering(() => {
      stop.abort(new Error('stopped'));
      return new NotReadable('error', 'because it was stopped');
    });
    await expect(collect(stopping, stop.signal)).rejects.toThrow('stopped');
    const faulty = answering(() => {
      throw new TypeError('fault');
    });
    await expect(collect(faulty)).rejects.toThrow('fault');
  });
});
