import { describe, expect, it } from 'vitest';
import { tokenBucket } from '../../../collectors/live/rate.ts';
import { pageGuard } from '../../../collectors/live/requests.ts';
import { NotReadable } from '../../../collectors/source.ts';

describe('A1 pages of a listing', () => {
  it('may be asked one after the other', () => {
    const guard = pageGuard();

    const ask = () => ['1', '2', '3'].forEach((Marker) => void guard('lambda:ListFunctions', { Marker }));

    expect(ask).not.toThrow();
  });

  it('first pages may be asked again: only a page token that comes back is a circle', () => {
    const guard = pageGuard();
    guard('lambda:ListFunctions', {});

    expect(() => guard('lambda:ListFunctions', {})).not.toThrow();
  });

  it.each(['Marker', 'NextToken', 'PaginationToken', 'nextToken'])('with the same %s twice are refused', (token) => {
    const guard = pageGuard();
    guard('lambda:ListFunctions', { [token]: 'again' });

    expect(() => guard('lambda:ListFunctions', { [token]: 'again' })).toThrow(NotReadable);
  });
});

describe('A1 the rate of a service', () => {
  it('lets a burst of one second through at once and spreads the rest', () => {
    const waitAt = tokenBucket(10);

    const waits = Array.from({ length: 13 }, () => waitAt(0));

    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 200, 300]);
  });

  it('fills again while nothing is asked, up to one second', () => {
    const waitAt = tokenBucket(2);
    const used = [waitAt(0), waitAt(0), waitAt(0)];

    const later = [waitAt(10_000), waitAt(10_000), waitAt(10_000)];

    expect({ used, later }).toEqual({ used: [0, 0, 500], later: [0, 0, 500] });
  });
});
