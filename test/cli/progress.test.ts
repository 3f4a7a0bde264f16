import { expect, it } from 'vitest';
import { progress } from '../../cli/progress.ts';

/** What is said of a plan where standard error is no terminal. */
function saidOf(accounts: number): string {
  const said: string[] = [];
  const report = progress({ write: (text) => said.push(text) });
  report({ kind: 'planned', accounts, regions: ['eu-west-1'] });
  return said.join('');
}

it('A4: of what was not provided, what an account is incomplete without is a problem', () => {
  const said: string[] = [];
  const row = (resource: string, status: string) => ({
    ...{ account_id: '111122223333', region: 'global', resource, status, error_code: null },
    ...{ message: `${resource}.json was not provided`, rows: 0, api_calls: 0, duration_ms: null },
  });
  const coverage = ['functions', 'function_tags'].map((resource) => row(resource, 'not_provided'));
  const report = progress({ write: (text) => said.push(text) }, () => 0);
  report({ kind: 'account_done', account_id: '111122223333', done: 1, total: 1, coverage });
  expect(said.join('')).toContain('111122223333 global functions not_provided: functions.json was not provided');
  expect(said.join('')).not.toContain('function_tags');
});

it.each([
  { accounts: 1, said: 'planned 1 account, regions eu-west-1\n' },
  { accounts: 1200, said: 'planned 1,200 accounts, regions eu-west-1\n' },
])('A7: a plan of $accounts', ({ accounts, said }) => {
  expect(saidOf(accounts)).toBe(said);
});
