/** A value of a header comment: text, or maps and lists of it. */
export type HeaderValue = string | readonly HeaderValue[] | { readonly [key: string]: HeaderValue };

/** Says what is wrong with a header, without the place. */
export class UnreadableHeader extends Error {}

interface Cursor {
  readonly text: string;
  at: number;
}

/** Reads what the pattern matches right here, after blanks. */
function take(cursor: Cursor, pattern: RegExp, wanted: string): string {
  const here = new RegExp(` *(${pattern.source})`, 'y');
  here.lastIndex = cursor.at;
  const match = here.exec(cursor.text);
  if (!match) throw new UnreadableHeader(`expected ${wanted} at "${cursor.text.slice(cursor.at, cursor.at + 20)}"`);
  cursor.at += match[0].length;
  return match[1]!;
}

const isNext = (cursor: Cursor, character: string): boolean =>
  cursor.text.slice(cursor.at).trimStart().startsWith(character);

function items<T>(cursor: Cursor, open: RegExp, close: string, item: (cursor: Cursor) => T): readonly T[] {
  take(cursor, open, 'an opening bracket');
  const all: T[] = [];
  while (!isNext(cursor, close)) {
    if (all.length > 0) take(cursor, /,/, `a comma or "${close}"`);
    all.push(item(cursor));
  }
  take(cursor, new RegExp(`\\${close}`), `"${close}"`);
  return all;
}

const pair = (cursor: Cursor): readonly [string, HeaderValue] => {
  const key = take(cursor, /[a-z_][a-z0-9_]*/, 'a name');
  take(cursor, /:/, 'a colon');
  return [key, value(cursor)];
};

function value(cursor: Cursor): HeaderValue {
  if (isNext(cursor, '{')) return unique(items(cursor, /\{/, '}', pair));
  if (isNext(cursor, '[')) return items(cursor, /\[/, ']', value);
  if (isNext(cursor, "'"))
    return take(cursor, /'(?:[^']|'')*'/, 'a closing quote')
      .slice(1, -1)
      .replaceAll("''", "'");
  return take(cursor, /[^,{}[\]]+/, 'a value').trim();
}

/** A map of the pairs. @throws UnreadableHeader when a key comes twice, which an object would hide. */
export function unique<T>(pairs: readonly (readonly [string, T])[]): Record<string, T> {
  const keys = pairs.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new UnreadableHeader(`"${twice}" is there twice`);
  return Object.fromEntries(pairs);
}

/** Reads `{key: value, …}`, `[value, …]`, `'quoted'` or plain text. @throws UnreadableHeader */
export function parseFlow(text: string): HeaderValue {
  const cursor = { text, at: 0 };
  const result = value(cursor);
  if (text.slice(cursor.at).trim() !== '') throw new UnreadableHeader(`unexpected "${text.slice(cursor.at).trim()}"`);
  return result;
}
