import { ContractError } from '../errors.ts';
import { loadMetrics, loadQuestions, loadRules, type Question } from './question.ts';
import { quoted, renderWith, type SnapshotTerms } from './render.ts';

/** A query that Athena keeps by its name, for people who ask in its console. */
export interface NamedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Of a query's text in bytes, and of a description in characters (Athena API reference, CreateNamedQuery). */
const limits = { sql: 262_144, description: 1_024 } as const;

const latest = '(select max(snapshot_date) from snapshots)';
const previous = `(select max(snapshot_date) from snapshots where snapshot_date < ${latest})`;

/** A kept query knows no date: it finds its snapshots when it runs. */
const found: SnapshotTerms = {
  one: (_, value) => ({ latest, previous })[value] ?? quoted(value),
  list: (_, value) =>
    value === 'all' ? 'select snapshot_date from snapshots' : value.split(',').map(quoted).join(', '),
};

/** @throws ContractError when Athena would refuse it for its length. */
export function namedQuery(family: string, question: Question): NamedQuery {
  const description = `${question.title}. ${question.answers}`.slice(0, limits.description);
  const sql = renderWith(found, question, {});
  const bytes = Buffer.byteLength(sql);
  if (bytes <= limits.sql) return { name: `${family}_${question.name}`, description, sql };
  throw new ContractError(`${question.path} has ${bytes} bytes; Athena takes queries of at most ${limits.sql}.`);
}

/** Every saved question, rule and metric with its default parameters, over the newest snapshot when it is run. */
export const namedQueries = (): readonly NamedQuery[] => [
  ...loadQuestions().map((question) => namedQuery('question', question)),
  ...loadRules().map((rule) => namedQuery('finding', rule)),
  ...loadMetrics().map((metric) => namedQuery('trend', metric)),
];
