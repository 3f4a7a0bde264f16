import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ContractError } from '../errors.ts';
import { packageRoot } from '../package_root.ts';
import { type Header, type Problem, parseHeader } from './header.ts';
import { tokens } from './tokens.ts';

const parameterType = z.strictObject({
  type: z.enum(['snapshot', 'snapshots', 'integer', 'text']),
  default: z.string().optional(),
});

const resultType = z.enum(['varchar', 'bigint', 'double', 'boolean', 'timestamp', 'array(varchar)']);

/** A map as a list, in the order of the file. */
const named = <T extends object>([name, value]: [string, T]): T & { name: string } => ({ name, ...value });

const parameters = z.record(z.string(), parameterType).transform((map) => Object.entries(map).map(named));
const columns = z
  .record(z.string(), resultType)
  .transform((map) => Object.entries(map).map(([name, type]) => ({ name, type })));

const questionHeader = z.strictObject({
  title: z.string().min(1),
  answers: z.string().min(1),
  parameters: parameters.default([]),
  columns,
  chart: z.enum(['bar', 'line']).optional(),
});

const ruleHeader = questionHeader.extend({
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  covers: z.array(z.string()).min(1),
});

/** What a metric counts per account and team, and how sums of it become a value. */
const metricHeader = questionHeader.extend({
  unit: z.enum(['count', 'percent', 'average']),
  covers: z.array(z.string()),
});

/** SQL with its name (the file's) and path (from the package's folder, for messages). */
interface Body {
  readonly name: string;
  readonly path: string;
  readonly body: string;
}

/** A parameter without default must be given. */
export type Parameter = z.infer<typeof parameters>[number];
/** A saved question: one .sql file and what its header comment declares. */
export type Question = z.infer<typeof questionHeader> & Body;
/** A rule that finds something wrong; `covers` names the coverage resources it cannot judge without. */
export type Rule = z.infer<typeof ruleHeader> & Body;
/** A metric of the trends: percent and average divide by the denominator, a count has none. */
export type Metric = z.infer<typeof metricHeader> & Body;

/** Parameters that the SQL uses and the header does not declare, and the other way round. */
function parameterProblems(header: Header, body: string): readonly Problem[] {
  const declared = Object.keys(header.values.parameters ?? {});
  const used = new Set(tokens(body).flatMap(({ kind, text }) => (kind === 'parameter' ? [text.slice(1)] : [])));
  const undeclared = [...used].filter((name) => !declared.includes(name));
  const unused = declared.filter((name) => !used.has(name));
  return [
    ...undeclared.map((name) => ({ line: header.lineOf(['parameters']), what: `:${name} is not declared` })),
    ...unused.map((name) => ({ line: header.lineOf(['parameters', name]), what: `:${name} is never used` })),
  ];
}

/** A file's header as the schema has it, and its SQL. `path` is for messages. */
function parse<T extends object>(schema: z.ZodType<T>, file: string, path: string): T & Body {
  const header = parseHeader(file);
  const body = file.replace(/^(--.*\n)*/, '').trim();
  const parsed = schema.safeParse(header.values);
  const issues = parsed.error?.issues ?? [];
  const problems = [
    ...header.problems,
    ...issues.map((issue) => ({ line: header.lineOf(issue.path), what: `${issue.path.join('.')} ${issue.message}` })),
    ...parameterProblems(header, body),
  ].sort((a, b) => a.line - b.line);
  if (!parsed.success || problems.length > 0)
    throw new ContractError(problems.map(({ line, what }) => `${path}:${line}: ${what}`).join('\n'));
  return { ...parsed.data, name: basename(path, '.sql'), path, body };
}

/** @throws ContractError naming every problem at once, each with file and line. */
export const parseQuestion = (text: string, path: string): Question => parse(questionHeader, text, path);
/** @throws ContractError as parseQuestion does. */
export const parseRule = (text: string, path: string): Rule => parse(ruleHeader, text, path);
/** @throws ContractError as parseQuestion does. */
export const parseMetric = (text: string, path: string): Metric => parse(metricHeader, text, path);

function load<T>(folder: string, parseFile: (text: string, path: string) => T): readonly T[] {
  const files = readdirSync(join(packageRoot, folder)).filter((file) => file.endsWith('.sql'));
  return files
    .sort()
    .map((file) => parseFile(readFileSync(join(packageRoot, folder, file), 'utf8'), `${folder}/${file}`));
}

/** Files of the package stay as they are while it runs, and every step that derives asks for them. */
function loadedOnce<T>(folder: string, parseFile: (text: string, path: string) => T): () => readonly T[] {
  let loaded: readonly T[] | undefined;
  return () => {
    loaded ??= load(folder, parseFile);
    return loaded;
  };
}

/** Every saved question, by name. */
export const loadQuestions = loadedOnce('queries/questions', parseQuestion);
/** Every rule that makes findings, by name. */
export const loadRules = loadedOnce('queries/findings', parseRule);
/** Every metric of the trends, by name. */
export const loadMetrics = loadedOnce('queries/trends', parseMetric);
