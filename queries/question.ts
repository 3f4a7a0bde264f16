import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ContractError } from '../errors.ts';
import { type Header, parseHeader } from './header.ts';
import { packageFolder } from './package_folder.ts';
import { tokens } from './tokens.ts';

const parameter = z.strictObject({
  type: z.enum(['snapshot', 'snapshots', 'integer', 'text']),
  default: z.string().optional(),
});

const columns = z
  .record(z.string(), z.enum(['varchar', 'bigint', 'double', 'boolean', 'timestamp', 'array(varchar)']))
  .transform((types) => Object.entries(types).map(([name, type]) => ({ name, type })));

const questionHeader = z.strictObject({
  title: z.string().min(1),
  answers: z.string().min(1),
  parameters: z.record(z.string(), parameter).default({}),
  columns,
  chart: z.enum(['bar', 'line']).optional(),
});

const ruleHeader = questionHeader.extend({
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  covers: z.array(z.string()),
});

/** SQL with its name (the file's) and path (from the package's folder, for messages). */
interface Body {
  readonly name: string;
  readonly path: string;
  readonly body: string;
}

/** A parameter without default must be given. */
export type Parameter = z.infer<typeof parameter>;
/** A saved question: one .sql file and what its header comment declares. */
export type Question = z.infer<typeof questionHeader> & Body;
/** A rule that finds something wrong; `covers` names the coverage resources it cannot judge without. */
export type Rule = z.infer<typeof ruleHeader> & Body;

function problemsOf(header: Header, body: string, parsed: z.ZodSafeParseResult<unknown>): [number, string][] {
  const declared = Object.keys(header.values.parameters ?? {});
  const used = tokens(body).flatMap(({ kind, text }) => (kind === 'parameter' ? [text.slice(1)] : []));
  const undeclared = [...new Set(used)].filter((name) => !declared.includes(name));
  const unused = declared.filter((name) => !used.includes(name));
  return [
    ...header.problems.map(({ line, what }): [number, string] => [line, what]),
    ...(parsed.error?.issues ?? []).map(({ path, message }): [number, string] => [
      header.lineOf(path),
      `${path.join('.') || 'header'}: ${message}`,
    ]),
    ...undeclared.map((name): [number, string] => [header.lineOf(['parameters']), `:${name} is not declared`]),
    ...unused.map((name): [number, string] => [header.lineOf(['parameters', name]), `:${name} is never used`]),
  ];
}

/**
 * Reads a .sql file's text. `path` is for messages.
 * @throws ContractError naming every problem at once, each with file and line.
 */
function parse<T extends object>(schema: z.ZodType<T>, text: string, path: string): T & Body {
  const header = parseHeader(text);
  const body = text
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .trim();
  const parsed = schema.safeParse(header.values);
  const problems = problemsOf(header, body, parsed).sort(([a], [b]) => a - b);
  if (!parsed.success || problems.length > 0)
    throw new ContractError(problems.map(([line, what]) => `${path}:${line}: ${what}`).join('\n'));
  return { ...parsed.data, name: basename(path, '.sql'), path, body };
}

/** @throws ContractError naming every problem at once, each with file and line. */
export const parseQuestion = (text: string, path: string): Question => parse(questionHeader, text, path);
/** @throws ContractError as parseQuestion does. */
export const parseRule = (text: string, path: string): Rule => parse(ruleHeader, text, path);

function load<T>(folder: string, parseFile: (text: string, path: string) => T): readonly T[] {
  const files = readdirSync(join(packageFolder, folder)).filter((file) => file.endsWith('.sql'));
  return files
    .sort()
    .map((file) => parseFile(readFileSync(join(packageFolder, folder, file), 'utf8'), `${folder}/${file}`));
}

/** Every saved question, by name. */
export const loadQuestions = (): readonly Question[] => load('queries/questions', parseQuestion);
/** Every rule that makes findings, by name. */
export const loadRules = (): readonly Rule[] => load('queries/findings', parseRule);
/** Every metric of the trends, by name. */
export const loadMetrics = (): readonly Question[] => load('queries/trends', parseQuestion);
