import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Sql } from './sql.ts';
import { tokens } from './tokens.ts';

/** Functions in `from` that only make rows of what they are given. Others read files, write logs or change settings. */
const harmless = ['unnest', 'generate_series', 'range', 'json_each', 'json_tree'];

const answer = z.object({
  error: z.boolean(),
  error_message: z.string().optional(),
  position: z.coerce.number().optional(),
  statements: z.array(z.unknown()).optional(),
});

/** DuckDB's own parser, as JSON; it binds and runs nothing. */
async function parsed(text: string): Promise<z.infer<typeof answer>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll('select json_serialize_sql(cast($1 as varchar))', [text]);
    return answer.parse(jsonIn(String(reader.getRows()[0]![0])));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** DuckDB writes a number beyond a double as the word Infinity, which is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError('The SQL has a number that is too large: give numbers between -1.7e308 and 1.7e308.', {
      cause,
    });
  }
}

/** Names of the functions that stand in a `from`, at any depth. */
function tableFunctions(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(tableFunctions);
  const found = node as { type?: unknown; function?: { function_name?: unknown } };
  return found.type === 'TABLE_FUNCTION' ? [String(found.function?.function_name), ...inner] : inner;
}

const lineAndColumn = (text: string, position: number): string => {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
};

const onlySelect = (): UsageError =>
  new UsageError('Only SELECT is allowed here: the tables cannot be changed and nothing else can be run.');

/**
 * Lets SQL that a person typed pass when it is one SELECT over tables. What it can reach is bounded by the engine too.
 * @throws UsageError saying what is not allowed, and where it cannot be parsed
 */
export async function adhoc(text: string): Promise<Sql> {
  const { error, error_message, position, statements = [] } = await parsed(text);
  if (error && position !== undefined)
    throw new UsageError(`The SQL cannot be parsed, ${lineAndColumn(text, position)}: ${error_message}`);
  if (error) throw onlySelect();
  if (statements.length !== 1)
    throw new UsageError(`Give exactly one SELECT statement; there are ${statements.length}.`);
  const refused = tableFunctions(statements).filter((name) => !harmless.includes(name));
  if (refused.length > 0)
    throw new UsageError(
      `${refused[0]}() cannot be used in "from"; only tables (see \`rolecall tables\`) and ${harmless.join(', ')}.`,
    );
  return text as Sql;
}

/**
 * The same for SQL in the words of Athena, which takes one statement a query and has no function that writes.
 * @throws UsageError when it is no SELECT
 */
export function athenaSelect(text: string): Sql {
  const first = tokens(text).find(({ kind, text: part }) => kind !== 'space' && kind !== 'comment' && part !== '(');
  if (first !== undefined && ['select', 'with', 'values'].includes(first.text.toLowerCase())) return text as Sql;
  throw onlySelect();
}
