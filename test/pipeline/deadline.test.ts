import { describe, expect, it } from 'vitest';
import type { AccountRow } from '../../collectors/source.ts';
import { always, begunInTime, deadlineAfter } from '../../pipeline/deadline.ts';

const accounts = ['1', '2', '3'].map((account_id) => ({ account_id }) as AccountRow);
const begun = (mayBegin: () => boolean) => [...begunInTime(accounts, mayBegin)].map(({ account_id }) => account_id);

describe('A3: accounts begin', () => {
  it('all, where nobody ends the process', () => {
    expect(begun(always)).toEqual(['1', '2', '3']);
  });

  it('as long as there is time', () => {
    const answers = [true, false];
    expect(begun(() => answers.shift() ?? false)).toEqual(['1', '2']);
  });

  it('one at least, so that a run comes forward', () => {
    expect(begun(() => false)).toEqual(['1']);
  });
});

describe('A3: a deadline', () => {
  it('lets accounts begin in the first half of the time, and ends reading before the time is over', async () => {
    const deadline = deadlineAfter(100);
    expect(deadline.mayBegin()).toBe(true);
    await new Promise((resolve) => deadline.over.addEventListener('abort', resolve));
    expect(deadline.mayBegin()).toBe(false);
  });
});
