import { readdirSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { exportedAccount } from './export_account.ts';
import { exportedPlan } from './export_plan.ts';
import { lookAt } from './export_text.ts';
import { type AccountReader, type AccountRow, NotReadable, type Source } from './source.ts';

/** An account that is closed or suspended cannot be read, whatever lies in its folder. */
const active: ReadonlySet<string | null> = new Set(['ACTIVE', null]);

async function open(root: string, { account_id, state }: AccountRow): Promise<AccountReader> {
  if (!active.has(state)) {
    throw new NotReadable('account_inactive', `the account is ${state}; it was not read`, state);
  }
  if ((await lookAt(root, account_id)) !== 'folder') {
    throw new NotReadable('not_provided', `${account_id}/ was not provided`);
  }
  return exportedAccount(root);
}

/**
 * An organization in a folder of files that the AWS CLI printed.
 * @throws UsageError when the folder is missing.
 */
export function exportFolder(root: string): Source {
  try {
    readdirSync(root);
  } catch (cause) {
    throw new UsageError(`There is no readable folder ${root}. Name the folder that holds the exports`, { cause });
  }
  return { plan: (scope) => exportedPlan(root, scope), open: (account) => open(root, account) };
}
