import { type HeaderValue, parseFlow, UnreadableHeader, unique } from './flow.ts';

/** What is wrong, and in which line (from 1). */
export interface Problem {
  readonly line: number;
  readonly what: string;
}

export interface Header {
  readonly values: Readonly<Record<string, HeaderValue>>;
  readonly problems: readonly Problem[];
  /** Line of a value by its path; that of the nearest known one when the path goes deeper. */
  lineOf(path: readonly PropertyKey[]): number;
}

interface Line {
  readonly line: number;
  readonly text: string;
}

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly rest: string;
  readonly nested: readonly Line[];
}

/** The comment lines at the head, without their dashes. */
function commentLines(file: string): readonly Line[] {
  const lines = file.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return lines.slice(0, end === -1 ? undefined : end).map((text, index) => ({
    line: index + 1,
    text: text.slice(2).replace(/^ /, '').trimEnd(),
  }));
}

const topLevel = /^([a-z_]+): *(.*)$/;

/** Each key with the deeper lines below it. Lines that are neither stand apart. */
function entriesOf(lines: readonly Line[]): { entries: readonly Entry[]; stray: readonly Line[] } {
  const entries: (Entry & { nested: Line[] })[] = [];
  const stray: Line[] = [];
  for (const line of lines) {
    const [, key, rest] = topLevel.exec(line.text) ?? [];
    const above = entries.at(-1);
    if (key !== undefined) entries.push({ key, line: line.line, rest: rest!, nested: [] });
    else if (line.text.startsWith(' ') && above) above.nested.push({ ...line, text: line.text.trim() });
    else stray.push(line);
  }
  return { entries, stray };
}

/** Lines below an empty key make a map; below anything else they go on with it. */
function read({ rest, nested }: Entry): HeaderValue {
  const below = nested.map(({ text }) => text);
  if (rest === '') return parseFlow(`{${below.join(', ')}}`);
  const text = [rest, ...below].join(' ');
  return /^[{[']/.test(text) ? parseFlow(text) : text;
}

function attempt<T>(line: number, problems: Problem[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnreadableHeader)) throw error;
    problems.push({ line, what: error.message });
    return undefined;
  }
}

/** Reads the comment at the head of a .sql file: `-- key: value`, deeper lines belonging to the key above. */
export function parseHeader(file: string): Header {
  const { entries, stray } = entriesOf(commentLines(file));
  const problems = stray.map(({ line }) => ({ line, what: 'is neither `-- key: value` nor indented below one' }));
  const pairs = entries.flatMap((entry) => {
    const value = attempt(entry.line, problems, () => read(entry));
    return value === undefined ? [] : [[entry.key, value] as const];
  });
  const values = attempt(1, problems, () => unique(pairs)) ?? {};
  return { values, problems, lineOf: (path) => lineIn(entries, path) };
}

function lineIn(entries: readonly Entry[], [key, inner]: readonly PropertyKey[]): number {
  const entry = entries.find((candidate) => candidate.key === key);
  const below = entry?.nested.find(({ text }) => text.startsWith(`${String(inner)}:`));
  return below?.line ?? entry?.line ?? 1;
}
