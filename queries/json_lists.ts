import { ContractError } from '../errors.ts';
import type { Result, ResultColumns, ResultRow, Value } from './engine.ts';
import { texts } from './exact.ts';
import { type Token, tokens } from './tokens.ts';
import { identifier } from './typed_columns.ts';

/** Name of the column that tells a list as JSON. */
const jsonOf = (name: string): string => `${name} as JSON`;

const listsOf = (columns: ResultColumns): readonly string[] =>
  columns.filter(({ type }) => type === 'array(varchar)').map(({ name }) => name);

interface Placed extends Token {
  readonly depth: number;
}

/** Tokens with the number of brackets they stand in. */
function placed(sql: string): readonly Placed[] {
  let depth = 0;
  return tokens(sql).map((token) => {
    if (token.kind === 'symbol' && '(['.includes(token.text)) depth += 1;
    if (token.kind === 'symbol' && ')]'.includes(token.text)) depth -= 1;
    return { ...token, depth };
  });
}

const isWord = ({ text, depth }: Placed, word: string): boolean => depth === 0 && text.toLowerCase() === word;
const joined = (parts: readonly Placed[]): string => parts.map(({ text }) => text).join('');

/** What stands between commas. */
function itemsOf(parts: readonly Placed[]): readonly (readonly Placed[])[] {
  const commas = parts.flatMap((part, at) => (isWord(part, ',') ? [at] : []));
  return [...commas, parts.length].map((end, index) => parts.slice(index === 0 ? 0 : commas[index - 1]! + 1, end));
}

/** An item of a select list without its name. */
function expressionOf(item: readonly Placed[]): string {
  const as = item.findLastIndex((part) => isWord(part, 'as'));
  return joined(as === -1 ? item : item.slice(0, as)).trim();
}

/**
 * Athena prints a list as `[a, b]`, in which an element may hold a comma. So each declared list is answered once more,
 * as JSON, at the end of the outermost select: its rows, groups and order stay as they are.
 * @throws ContractError when the outermost select does not have an item for each column
 */
export function withJsonLists(sql: string, columns: ResultColumns): string {
  const lists = listsOf(columns);
  if (lists.length === 0) return sql;
  const parts = placed(sql);
  const start = parts.findLastIndex((part) => isWord(part, 'select')) + 1;
  const end = parts.findIndex((part, at) => at > start && isWord(part, 'from'));
  const items = itemsOf(parts.slice(start, end));
  if (end === -1 || items.length !== columns.length)
    throw new ContractError(
      `The outermost select must list the columns ${columns.map(({ name }) => name).join(', ')}.`,
    );
  const expressions = new Map(columns.map(({ name }, index) => [name, expressionOf(items[index]!)]));
  const asJson = lists.map(
    (name) => `json_format(cast(${expressions.get(name)} as json)) as ${identifier(jsonOf(name))}`,
  );
  return `${joined(parts.slice(0, start))}${joined(parts.slice(start, end)).trimEnd()}, ${asJson.join(', ')}\n${joined(parts.slice(end))}`;
}

const listIn = (json: Value | undefined, column: string): Value =>
  typeof json === 'string' ? texts(JSON.parse(json) as readonly unknown[], column) : null;

/** The answer with lists in place of what `withJsonLists` asked. */
export function readJsonLists({ columns, rows }: Result, declared: ResultColumns): Result {
  const lists = new Set(listsOf(declared));
  if (lists.size === 0) return { columns, rows };
  const kept = columns.slice(0, declared.length);
  const cell = (row: ResultRow, name: string) => (lists.has(name) ? listIn(row[jsonOf(name)], name) : row[name]!);
  return {
    columns: kept.map(({ name, type }) => ({ name, type: lists.has(name) ? 'array(varchar)' : type })),
    rows: rows.map((row) => Object.fromEntries(kept.map(({ name }) => [name, cell(row, name)]))),
  };
}
