import { ContractError, UsageError } from '../errors.ts';
import type { Catalog, Published } from '../lake/catalog.ts';
import type { Engine, Result } from './engine.ts';
import { loadQuestions, type Question } from './question.ts';
import { datesAsked, render, withDefaults } from './render.ts';

export interface Answer extends Result {
  readonly question: Question;
  /** As given or by default. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The single snapshots that it was asked about: one that is not complete lacks what the answer cannot hold. */
  readonly snapshots: Published['snapshots'];
}

interface Edges {
  readonly engine: Engine;
  readonly catalog: Pick<Catalog, 'published'>;
  /** Stops what is asked. */
  readonly signal?: AbortSignal | undefined;
}

function named(name: string): Question {
  const questions = loadQuestions();
  const question = questions.find((candidate) => candidate.name === name);
  if (question) return question;
  throw new UsageError(`There is no question "${name}". There are ${questions.map((known) => known.name).join(', ')}.`);
}

/** The columns that the header promises are what report, CSV and the other engine build on. */
function checked(question: Question, result: Result): Result {
  const shown = (columns: Result['columns']) => columns.map(({ name, type }) => `${name}: ${type}`).join(', ');
  if (shown(result.columns) === shown(question.columns)) return result;
  throw new ContractError(
    `${question.path} declares the columns ${shown(question.columns)} and answers ${shown(result.columns)}.`,
  );
}

/** What tells one state from the next: a date may have been read again, or only derived again. */
const runs = ({ snapshots }: Published): string =>
  snapshots.map(({ snapshot_date, run_id, derived_run_id }) => [snapshot_date, run_id, derived_run_id]).join();

/** Asks what is published now. When another run was published meanwhile, its files may be gone or newer: once more. */
async function consistently<T>(catalog: Edges['catalog'], query: (from: Published) => Promise<T>): Promise<T> {
  const before = await catalog.published();
  const [first] = await Promise.allSettled([query(before)]);
  const after = await catalog.published();
  if (runs(before) !== runs(after)) return query(after);
  if (first.status === 'rejected') throw first.reason;
  return first.value;
}

/**
 * Answers a saved question over the published snapshots.
 * @throws UsageError for an unknown question or unfit parameters, ContractError when the answer is not as declared
 */
export async function ask(
  { engine, catalog, signal }: Edges,
  name: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Answer> {
  const question = named(name);
  return consistently(catalog, async (from) => {
    const dates = from.snapshots.map((row) => row.snapshot_date).sort();
    const asking = { columns: question.columns, signal };
    const result = await engine.query(render(question, parameters, dates), from, asking);
    const values = withDefaults(question, parameters);
    const asked = datesAsked(question, values, dates);
    const snapshots = from.snapshots.filter(({ snapshot_date }) => asked.includes(snapshot_date));
    return { ...checked(question, result), question, parameters: values, snapshots };
  });
}
