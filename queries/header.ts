/** Values of a header comment: text, or maps and lists of it, as written. */
export type HeaderValue = string | readonly HeaderValue[] | { readonly [key: string]: HeaderValue };

export interface Header {
  readonly values: Readonly<Record<string, HeaderValue>>;
  /** What is not understood, each with its line. */
  readonly problems: readonly { readonly line: number; readonly what: string }[];
  /** Line (from 1) of a value, by its path; the nearest known one when the path goes deeper. */
  lineOf(path: readonly PropertyKey[]): number;
}

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly rest: string;
  readonly nested: { readonly line: number; readonly text: string }[];
}

class Unreadable extends Error {}

/** Reads one value: `{key: value, …}`, `[value, …]`, `'quoted'` or plain text up to the next `,`, `}` or `]`. */
function flow(text: string): HeaderValue {
  let at = 0;
  const skip = () => {
    while (text[at] === ' ') at += 1;
  };
  const take = (pattern: RegExp, wanted: string): string => {
    const match = new RegExp(pattern, 'y');
    match.lastIndex = at;
    const found = match.exec(text)?.[0];
    if (found === undefined) throw new Unreadable(`expected ${wanted} at "${text.slice(at, at + 20)}"`);
    at += found.length;
    return found;
  };
  const items = <T>(close: RegExp, item: () => T): T[] => {
    const all: T[] = [];
    for (;;) {
      skip();
      if (close.test(text.slice(at, at + 1)) && all.length === 0) break;
      all.push(item());
      skip();
      if (text[at] !== ',') break;
      at += 1;
    }
    take(close, 'a comma or the closing bracket');
    return all;
  };
  const pair = (): [string, HeaderValue] => {
    const key = take(/[a-z_][a-z0-9_]*/, 'a name');
    take(/ *:/, 'a colon');
    return [key, value()];
  };
  const value = (): HeaderValue => {
    skip();
    if (text[at] === '{') {
      at += 1;
      return fromPairs(items(/\}/, pair));
    }
    if (text[at] === '[') {
      at += 1;
      return items(/\]/, value);
    }
    if (text[at] === "'")
      return take(/'(?:[^']|'')*'/, 'a closing quote')
        .slice(1, -1)
        .replaceAll("''", "'");
    return take(/[^,{}[\]]+/, 'a value').trim();
  };
  const result = value();
  if (text.slice(at).trim() !== '') throw new Unreadable(`unexpected "${text.slice(at).trim()}"`);
  return result;
}

function fromPairs(pairs: readonly (readonly [string, HeaderValue])[]): Record<string, HeaderValue> {
  const keys = pairs.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Unreadable(`"${twice}" is there twice`);
  return Object.fromEntries(pairs);
}

function read(entry: Entry): HeaderValue {
  const text = [entry.rest, ...entry.nested.map((line) => line.text)].join(' ').trim();
  if (entry.rest !== '') return /^[{[']/.test(text) ? flow(text) : text;
  return flow(`{${entry.nested.map((line) => line.text).join(', ')}}`);
}

/** Reads the comment lines at the head of a .sql file: `-- key: value`, deeper lines belonging to the key above. */
export function parseHeader(file: string): Header {
  const entries: Entry[] = [];
  const problems: { line: number; what: string }[] = [];
  for (const [index, line] of file.split('\n').entries()) {
    if (!line.startsWith('--')) break;
    const top = /^-- ?([a-z_]+):\s*(.*?)\s*$/.exec(line);
    const nested = /^--\s{2,}(.*?)\s*$/.exec(line);
    if (top) entries.push({ key: top[1]!, line: index + 1, rest: top[2]!, nested: [] });
    else if (nested && entries.length > 0) entries.at(-1)!.nested.push({ line: index + 1, text: nested[1]! });
    else problems.push({ line: index + 1, what: 'is neither `-- key: value` nor indented below one' });
  }
  const values: [string, HeaderValue][] = [];
  for (const entry of entries) {
    try {
      values.push([entry.key, read(entry)]);
      if (entries.find(({ key }) => key === entry.key) !== entry) throw new Unreadable(`"${entry.key}" is there twice`);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ line: entry.line, what: error.message });
    }
  }
  const lineOf = ([key, inner]: readonly PropertyKey[]) => {
    const entry = entries.find((candidate) => candidate.key === key);
    const line = entry?.nested.find(({ text }) => text.startsWith(`${String(inner)}:`));
    return line?.line ?? entry?.line ?? 1;
  };
  return { values: Object.fromEntries(values), problems, lineOf };
}
