import type { Value } from '../queries/engine.ts';
import { text } from './cell.ts';
import type { ReportData } from './data.ts';

/** Says an account by its name and id, or the id alone where no name was read. */
export function accountNames(data: ReportData): (accountId: Value | undefined) => string {
  const names = new Map(data.accounts.rows.map((row) => [text(row.account_id), text(row.name)]));
  return (accountId) => {
    const id = text(accountId);
    if (id === 'aws') return 'Managed by AWS';
    return names.get(id) ? `${names.get(id)} (${id})` : id;
  };
}

/** Regions in which functions of any account were read. */
export function regionsRead(data: ReportData): readonly string[] {
  const regions = data.accounts.rows.flatMap((row) => (Array.isArray(row.regions) ? (row.regions as string[]) : []));
  return [...new Set(regions)].sort();
}
