import { UsageError } from '../errors.ts';
import type { SnapshotDate } from '../lake/catalog.ts';
import type { Parameter, Question } from './question.ts';
import type { Sql } from './sql.ts';
import { tokens } from './tokens.ts';

/** Text as an SQL literal; nothing in it can end the literal on either engine. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function snapshot(name: string, value: string, dates: readonly SnapshotDate[]): SnapshotDate {
  const place = { latest: -1, previous: -2 }[value];
  const date = place === undefined ? dates.find((known) => known === value) : dates.at(place);
  if (date !== undefined) return date;
  if (dates.length === 0)
    throw new UsageError('There is no snapshot yet, so nothing to ask. Make one with `rolecall snapshot`.');
  if (value === 'previous')
    throw new UsageError(
      `There is only one snapshot (${dates[0]}), so ${name} has no previous one to compare with. Ask again after the next snapshot, or name a date.`,
    );
  throw new UsageError(`${name}: there is no snapshot "${value}". Use latest, previous or one of ${dates.join(', ')}.`);
}

function snapshots(name: string, value: string, dates: readonly SnapshotDate[]): string {
  const named = value === 'all' && dates.length > 0 ? dates : value.split(',');
  return named.map((date) => quoted(snapshot(name, date === 'all' ? 'latest' : date.trim(), dates))).join(', ');
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

function literal(name: string, type: Parameter['type'], value: string, dates: readonly SnapshotDate[]): string {
  switch (type) {
    case 'snapshot':
      return quoted(snapshot(name, value, dates));
    case 'snapshots':
      return snapshots(name, value, dates);
    case 'integer':
      return integer(name, value);
    case 'text':
      return text(name, value);
  }
}

/** The parameters as given or by default. @throws UsageError naming what is unknown or missing, and what there is. */
export function withDefaults(question: Question, given: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.keys(question.parameters);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  const values = known.map((name) => [name, given[name] ?? question.parameters[name]!.default] as const);
  const missing = values.flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (unknown.length > 0 || missing.length > 0)
    throw new UsageError(
      [
        ...unknown.map((name) => `${question.name} has no parameter "${name}".`),
        ...missing.map((name) => `${question.name} needs the parameter "${name}".`),
        known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`,
      ].join(' '),
    );
  return Object.fromEntries(values) as Record<string, string>;
}

/**
 * Puts a literal of its declared type in place of every `:name`.
 * @param dates the snapshots there are, oldest first
 * @throws UsageError for unknown, missing or unfit parameters
 */
export function render(
  question: Question,
  given: Readonly<Record<string, string>>,
  dates: readonly SnapshotDate[],
): Sql {
  const values = withDefaults(question, given);
  const literals = new Map(
    Object.entries(question.parameters).map(([name, { type }]) => [name, literal(name, type, values[name]!, dates)]),
  );
  const parts = tokens(question.body).map(({ kind, text: part }) =>
    kind === 'parameter' ? literals.get(part.slice(1))! : part,
  );
  return parts.join('') as Sql;
}
