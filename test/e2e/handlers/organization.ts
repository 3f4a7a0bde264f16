import type { Source } from '../../../collectors/source.ts';
import type { SmallAccount } from '../../pipeline/exports.ts';

/** Accounts whose numbers follow each other, each with a function that is an admin. */
export const accounts = (count: number): readonly SmallAccount[] =>
  Array.from({ length: count }, (_, i) => ({
    id: String(111_111_111_111 + i),
    roles: ['worker'],
    functions: { f: 'worker' },
    adminAsOf: '2025-01-01T00:00:00Z',
  }));

/** The source, and what it was asked: `plan`, and the accounts that were opened. */
export function counted(source: Source): { source: Source; asked: string[] } {
  const asked: string[] = [];
  const counting: Source = {
    plan(...given) {
      asked.push('plan');
      return source.plan(...given);
    },
    open(account, signal) {
      asked.push(account.account_id);
      return source.open(account, signal);
    },
  };
  return { source: counting, asked };
}

/** The source, save that one account never answers. */
export const silent = (source: Source, accountId: string): Source => ({
  plan: (...given) => source.plan(...given),
  open: (account, signal) =>
    account.account_id === accountId ? new Promise(() => undefined) : source.open(account, signal),
});
