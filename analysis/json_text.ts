/** JSON as policies need it: numbers and booleans stay the text they were, objects know where they stand. */
export type Json = string | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly members: ReadonlyMap<string, Json>;
  /** Offsets of the braces in the text: from `start` up to, not including, `end`. */
  readonly start: number;
  readonly end: number;
}

interface Duplicate {
  readonly key: string;
  readonly offset: number;
}

export interface JsonText {
  readonly value: Json;
  /** Keys that an object holds twice; the last one counts, as most readers of JSON have it. */
  readonly duplicates: readonly Duplicate[];
}

/** The text is no JSON; `offset` is where reading stopped. */
export class JsonError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Nothing that AWS accepts comes near; deeper nesting only ever means hostile text. */
const DEEPEST = 64;

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Reader {
  offset = 0;
  readonly duplicates: Duplicate[] = [];

  constructor(readonly text: string) {}

  take(token: RegExp): string | undefined {
    token.lastIndex = this.offset;
    const found = token.exec(this.text)?.[0];
    this.offset += found?.length ?? 0;
    return found;
  }

  /** The next character that is not white space, left where it is. */
  peek(): string {
    this.take(SPACE);
    return this.text.charAt(this.offset);
  }

  expect(mark: string): void {
    if (this.peek() !== mark) this.fail(`\`${mark}\` is missing`);
    this.offset += 1;
  }

  fail(what: string): never {
    throw new JsonError(this.offset >= this.text.length ? 'the text ends too early' : what, this.offset);
  }
}

/**
 * Reads JSON text strictly.
 * @throws JsonError with the offset where it is broken.
 */
export function readJson(text: string): JsonText {
  const reader = new Reader(text);
  const value = readValue(reader, 0);
  if (reader.peek() !== '') reader.fail('there is text after the end');
  return { value, duplicates: reader.duplicates };
}

/** Valid JSON text without the white space that means nothing. */
export function withoutSpace(json: string): string {
  return json.replace(/"(?:[^"\\]+|\\.)*"|\s+/g, (token) => (token.startsWith('"') ? token : ''));
}

/** Where an offset is, for people: `line 3, column 17`. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1]!.length + 1}`;
}

/** Text of a document inside a message: short, and without control characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readValue(reader: Reader, depth: number): Json {
  const first = reader.peek();
  if (depth > DEEPEST) reader.fail('it is nested too deeply');
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readArray(reader, depth);
  if (first === '"') return readString(reader);
  const scalar = reader.take(SCALAR) || reader.fail('a value is missing or broken');
  return scalar === 'null' ? null : scalar;
}

function readString(reader: Reader): string {
  const token = reader.take(STRING) ?? reader.fail('a string is missing or broken');
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}

function readArray(reader: Reader, depth: number): Json[] {
  const items: Json[] = [];
  readList(reader, '[', ']', () => items.push(readValue(reader, depth + 1)));
  return items;
}

function readObject(reader: Reader, depth: number): JsonObject {
  const members = new Map<string, Json>();
  const start = reader.offset;
  readList(reader, '{', '}', () => {
    const offset = reader.offset;
    const key = readString(reader);
    if (members.has(key)) reader.duplicates.push({ key, offset });
    reader.expect(':');
    members.set(key, readValue(reader, depth + 1));
  });
  return { members, start, end: reader.offset };
}

function readList(reader: Reader, open: string, close: string, item: () => void): void {
  reader.expect(open);
  if (reader.peek() !== close) {
    do {
      reader.peek();
      item();
    } while (reader.peek() === ',' && ++reader.offset);
  }
  reader.expect(close);
}
