import { analyzeAccount, analyzeAuthority, analyzeInventory } from '../analysis/account.ts';
import { allTables } from '../tables/all.generated.ts';
import { assumeRoleGrants } from '../tables/assume_role_grants.ts';
import { capabilities } from '../tables/capabilities.ts';
import { coverage } from '../tables/coverage.ts';
import { pathCuts } from '../tables/path_cuts.ts';
import type { Table } from '../tables/table.ts';
import { workloadPaths } from '../tables/workload_paths.ts';
import { type AccountFiles, accountFiles } from './account_files.ts';
import { filesOfSecondThread, hasSecondThread } from './second_thread.ts';

/** What an account’s facts mean; coverage is told also of an account that means nothing. */
const meanings: readonly Table[] = allTables.filter((table) => table.filling === 'collected' && table !== coverage);
const ofAuthority: readonly Table[] = [capabilities, assumeRoleGrants, workloadPaths, pathCuts];
const ofInventory: readonly Table[] = meanings.filter((table) => !ofAuthority.includes(table));

/** The half that takes longest. */
export const authorityFiles = (folder: string): AccountFiles => accountFiles(ofAuthority, analyzeAuthority, folder);

/** Hands `use` the files of all tables that accounts mean: as a whole, or in two halves that are worked on at once. */
export async function withAccountFiles<T>(
  folder: string,
  inTwoThreads: boolean,
  use: (files: readonly AccountFiles[]) => Promise<T>,
): Promise<T> {
  if (!inTwoThreads || !hasSecondThread()) return use([accountFiles(meanings, analyzeAccount, folder)]);
  const elsewhere = filesOfSecondThread(folder);
  try {
    return await use([elsewhere, accountFiles(ofInventory, analyzeInventory, folder)]);
  } finally {
    await elsewhere.end();
  }
}
