import { UsageError } from '../errors.ts';
import type { SnapshotDate } from '../lake/catalog.ts';
import type { Parameter, Question } from './question.ts';
import type { Sql } from './sql.ts';
import { tokens } from './tokens.ts';

type Given = Readonly<Record<string, string>>;

/** Text as an SQL literal; nothing in it can end the literal on either engine. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function snapshot(name: string, value: string, dates: readonly SnapshotDate[]): SnapshotDate {
  const place = { latest: -1, previous: -2 }[value];
  const date = place === undefined ? dates.find((known) => known === value) : dates.at(place);
  if (date !== undefined) return date;
  if (dates.length === 0) throw new UsageError('There is no snapshot yet. Make one with `rolecall snapshot`.');
  if (value === 'previous')
    throw new UsageError(
      `${name}: there is only one snapshot (${dates[0]}), so there is no previous one to compare with yet.`,
    );
  throw new UsageError(`${name}: there is no snapshot "${value}". Use latest, previous or one of ${dates.join(', ')}.`);
}

function snapshots(name: string, value: string, dates: readonly SnapshotDate[]): string {
  const asked = value === 'all' && dates.length > 0 ? dates : value.split(',').map((date) => date.trim());
  return asked.map((date) => quoted(snapshot(name, date, dates))).join(', ');
}

function integer(name: string, value: string): string {
  if (!/^-?\d{1,15}$/.test(value)) throw new UsageError(`${name}: "${value}" is not a whole number.`);
  return value.startsWith('-') ? `(${value})` : value;
}

function text(name: string, value: string): string {
  if (/[\p{Cc}\p{Cs}]/u.test(value))
    throw new UsageError(`${name}: the text holds a control character or half a character. Give plain text.`);
  return quoted(value);
}

/** Dates of the single snapshots that a question is asked about, in the order of its parameters. */
export const datesAsked = (
  { parameters }: Question,
  values: Given,
  dates: readonly SnapshotDate[],
): readonly SnapshotDate[] =>
  parameters.filter(({ type }) => type === 'snapshot').map(({ name }) => snapshot(name, values[name] ?? '', dates));

/** How SQL names snapshots: by dates that there are, or by what finds them when the query runs. */
export interface SnapshotTerms {
  one(parameter: string, value: string): string;
  /** For `in (…)`. */
  list(parameter: string, value: string): string;
}

const literals = (dates: readonly SnapshotDate[]): SnapshotTerms => ({
  one: (parameter, value) => quoted(snapshot(parameter, value, dates)),
  list: (parameter, value) => snapshots(parameter, value, dates),
});

function term({ name, type }: Parameter, value: string, snapshotTerms: SnapshotTerms): string {
  switch (type) {
    case 'snapshot':
      return snapshotTerms.one(name, value);
    case 'snapshots':
      return snapshotTerms.list(name, value);
    case 'integer':
      return integer(name, value);
    case 'text':
      return text(name, value);
  }
}

/** The parameters as given or by default. @throws UsageError naming what is unknown or missing, and what there is. */
export function withDefaults({ name, parameters }: Question, given: Given): Record<string, string> {
  const known = parameters.map((parameter) => parameter.name);
  const values = Object.fromEntries(parameters.map((one) => [one.name, given[one.name] ?? one.default]));
  const unknown = Object.keys(given).filter((key) => !known.includes(key));
  const missing = known.filter((key) => values[key] === undefined);
  if (unknown.length === 0 && missing.length === 0) return values as Record<string, string>;
  const problems = [
    ...unknown.map((key) => `The question ${name} has no parameter "${key}".`),
    ...missing.map((key) => `The question ${name} needs the parameter "${key}".`),
  ];
  throw new UsageError(`${problems.join(' ')} It takes ${known.join(', ') || 'none'}.`);
}

/** SQL with `:name` replaced wherever it stands as code. Private to the folder: what is put in must be SQL already. */
export function substitute(body: string, replacements: Readonly<Record<string, string>>): Sql {
  const parts = tokens(body).map(({ kind, text: part }) =>
    kind === 'parameter' ? replacements[part.slice(1)]! : part,
  );
  return parts.join('') as Sql;
}

/** Puts SQL in place of every `:name`; `render` does so with dates that there are. */
export function renderWith(snapshotTerms: SnapshotTerms, question: Question, given: Given): Sql {
  const values = withDefaults(question, given);
  const terms = question.parameters.map((one) => [one.name, term(one, values[one.name]!, snapshotTerms)] as const);
  return substitute(question.body, Object.fromEntries(terms));
}

/**
 * Puts a literal of its declared type in place of every `:name`.
 * @param dates the snapshots there are, oldest first
 * @throws UsageError for unknown, missing or unfit parameters
 */
export const render = (question: Question, given: Given, dates: readonly SnapshotDate[]): Sql =>
  renderWith(literals(dates), question, given);
