import type { ResultRow } from '../queries/engine.ts';
import { list, text } from './cell.ts';
import type { ReportData } from './data.ts';
import { groupBy } from './groups.ts';
import { count, enumeration, spaced } from './words.ts';

/** What could not be read of one account, in words. */
export interface Unread {
  readonly account: string;
  /** `functions in eu-west-1 (denied)`. */
  readonly what: readonly string[];
}

const mostRegions = 3;

/** Everything that was asked for and not read, account by account. What nobody provided is not among it: see `notProvided`. */
export function unread(data: ReportData): readonly Unread[] {
  const gaps = data.coverage_gaps.rows.filter((row) => row.status !== 'not_provided');
  const accounts = groupBy(gaps, account);
  return [...accounts].map(([name, rows]) => ({ account: name, what: reasons(rows) }));
}

/** Names of optional exports that were not given, for some account or all. */
export function notProvided(data: ReportData): readonly string[] {
  const rows = data.coverage_gaps.rows.filter((row) => row.status === 'not_provided');
  return [...new Set(rows.map((row) => spaced(text(row.resource))))].sort();
}

function account(row: ResultRow): string {
  const id = text(row.account_id);
  return row.account_name ? `${text(row.account_name)} (${id})` : id;
}

/** Rows with the same status and the same places become one phrase. */
function reasons(rows: readonly ResultRow[]): readonly string[] {
  const byResource = groupBy(rows, (row) => `${text(row.resource)}\n${text(row.status)}`);
  const places = [...byResource].map(([key, members]) => {
    const [resource = '', status = ''] = key.split('\n');
    return { resource: spaced(resource), where: `${inRegions(members)} (${spaced(status)})` };
  });
  return [...groupBy(places, ({ where }) => where)].map(
    ([where, members]) => `${enumeration(members.map(({ resource }) => resource))}${where}`,
  );
}

function inRegions(rows: readonly ResultRow[]): string {
  const regions = [...new Set(rows.flatMap((row) => [text(row.region), ...list(row.regions)]))].filter(
    (region) => region !== '' && region !== 'global',
  );
  if (regions.length === 0) return '';
  return ` in ${regions.length > mostRegions ? count(regions.length, 'region') : enumeration(regions)}`;
}
