import { grouped } from '../analysis/grouped.ts';
import type { ResultRow } from '../queries/engine.ts';
import { text } from './cell.ts';
import type { ReportData } from './data.ts';
import { count, enumeration, figure, spaced } from './words.ts';

/** What could not be read of one account, in words. */
export interface Unread {
  readonly account: string;
  /** `functions in eu-west-1 (denied)`. */
  readonly what: readonly string[];
}

const mostRegions = 3;
const mostNames = 4;

/** These keep a whole account from being read. */
const accountWide: readonly string[] = ['account_inactive', 'role_missing'];

/** Everything that was asked for and not read, account by account. What nobody provided is not among it: see `notProvided`. */
export function unread(data: ReportData): readonly Unread[] {
  const gaps = data.coverage_gaps.rows.filter((row) => !isOptional(row));
  const accounts = grouped(gaps, account);
  return [...accounts].map(([name, rows]) => ({ account: name, what: reasons(rows) }));
}

/** Names of optional exports that were not given, for some account or all. */
export function notProvided(data: ReportData): readonly string[] {
  const rows = data.coverage_gaps.rows.filter(isOptional);
  return [...new Set(rows.map((row) => spaced(text(row.resource))))].sort();
}

/** An export that need not be there and is not: it leaves questions open, but nothing went wrong. */
const isOptional = (row: ResultRow): boolean => row.status === 'not_provided' && row.required !== true;

function account(row: ResultRow): string {
  const id = text(row.account_id);
  return row.account_name ? `${text(row.account_name)} (${id})` : id;
}

/** Rows with the same status and the same places become one phrase. */
function reasons(rows: readonly ResultRow[]): readonly string[] {
  const whole = rows.find((row) => accountWide.includes(text(row.status)));
  if (whole) return [`everything (${spaced(text(whole.status))})`];
  const byResource = grouped(rows, (row) => `${text(row.resource)}\n${text(row.status)}`);
  const places = [...byResource].map(([key, members]) => {
    const [resource = '', status = ''] = key.split('\n');
    return { resource: spaced(resource), where: `${inRegions(members)} (${spaced(status)})` };
  });
  return [...grouped(places, ({ where }) => where)].map(
    ([where, members]) => `${few(members.map(({ resource }) => resource))}${where}`,
  );
}

function few(names: readonly string[]): string {
  const left = names.length - mostNames;
  return left > 1 ? `${names.slice(0, mostNames).join(', ')} and ${figure(left)} more` : enumeration(names);
}

function inRegions(rows: readonly ResultRow[]): string {
  const regions = [...new Set(rows.map((row) => text(row.region)))].filter(
    (region) => region !== '' && region !== 'global',
  );
  if (regions.length === 0) return '';
  return ` in ${regions.length > mostRegions ? count(regions.length, 'region') : enumeration(regions)}`;
}
