import { z } from 'zod';
import type { Tags } from './found.ts';
import { NotReadable } from './source.ts';
import { wellFormed } from './well_formed.ts';

/** Problems that one message names; the rest is counted. */
const shown = 8;

/**
 * Picks what a schema names from an answer of AWS; everything else stays behind.
 * @throws NotReadable that names every problem with its path, and never a value: the answer may hold secrets.
 */
export function pick<S extends z.ZodType>(schema: S, answer: unknown, where: string): z.infer<S> {
  const read = schema.safeParse(wellFormed(answer), { reportInput: false });
  if (read.success) return read.data;
  const problems = read.error.issues.map(problemOf);
  const rest = problems.length > shown ? `; and ${problems.length - shown} more` : '';
  // No cause: it would carry the answer along.
  throw new NotReadable(
    'error',
    `${where} has an unexpected shape: ${problems.slice(0, shown).join('; ')}${rest}`,
    'UnexpectedShape',
  );
}

function problemOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  // Keys of tags and variables are somebody else's text.
  return `${path.replace(/^\./, '').replace(/\p{C}+/gu, ' ') || 'the answer'}: ${wordsFor(issue)}`;
}

/** What is wrong, in types and our own words: other messages of zod could quote what was given. */
function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'the number is out of range';
  if (issue.code === 'invalid_format') return 'the text has another form than AWS gives it';
  if (issue.code !== 'invalid_type') return 'it is not what AWS gives';
  const received = /received (\w+)$/.exec(issue.message)?.[1] ?? 'something else';
  return received === 'undefined'
    ? `expected ${issue.expected}, and it is missing`
    : `expected ${issue.expected}, not ${received}`;
}

/** A member that AWS may leave out or give as null or empty text. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => text || null);

export const optionalNumber = z
  .int()
  .nullish()
  .transform((number) => number ?? null);

/** A list that AWS may leave out. */
export const optionalList = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** A time as the SDK (Date) or the CLI (ISO 8601 with offset, or epoch seconds) gives it; null when left out. */
export const optionalTime = z
  .unknown()
  .nullish()
  .transform((value, context): Date | null => {
    const time = timeOf(value ?? null);
    if (time === null || !Number.isNaN(time.getTime())) return time;
    context.addIssue({ code: 'custom', message: 'expected a time with its offset from UTC' });
    return z.NEVER;
  });

function timeOf(value: unknown): Date | null {
  if (value === null || value instanceof Date) return value;
  if (typeof value === 'number') return new Date(Math.round(value * 1000));
  // Lambda writes +0000, which ISO 8601 knows only as +00:00.
  const text = typeof value === 'string' && isoTime.test(value) ? value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : '';
  return new Date(text);
}

/** A policy document: text from the API, an object from the CLI; null when left out. Text comes back. */
export const optionalDocument = z
  .unknown()
  .nullish()
  .transform((value, context): string | null => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'object') return JSON.stringify(value);
    context.addIssue({ code: 'custom', message: 'expected a policy document' });
    return z.NEVER;
  });

const sorted = (entries: readonly (readonly [string, string])[]): Tags =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Tags as a list of Key and Value. */
export const tagList = optionalList(z.object({ Key: z.string(), Value: z.string() })).transform((tags) =>
  sorted(tags.map(({ Key, Value }) => [Key, Value])),
);

/** Tags as one object. */
export const tagObject = z
  .record(z.string(), z.string())
  .nullish()
  .transform((tags) => sorted(Object.entries(tags ?? {})));
