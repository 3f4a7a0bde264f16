import { expect, it } from 'vitest';
import { progress } from '../../cli/progress.ts';

/** What is said of a plan where standard error is no terminal. */
function saidOf(accounts: number): string {
  const said: string[] = [];
  const report = progress({ write: (text) => said.push(text) });
  report({ kind: 'planned', accounts, regions: ['eu-west-1'] });
  return said.join('');
}

it.each([
  { accounts: 1, said: 'planned 1 account, regions eu-west-1\n' },
  { accounts: 1200, said: 'planned 1,200 accounts, regions eu-west-1\n' },
])('A7: a plan of $accounts', ({ accounts, said }) => {
  expect(saidOf(accounts)).toBe(said);
});
