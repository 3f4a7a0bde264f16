import { type Command, InvalidArgumentError, Option } from 'commander';
import { isS3Url } from '../lake/s3_place.ts';

const defaultLake = '.rolecall';

/** `--lake`: the folder that holds the snapshots. */
export const lakeOption = (): Option =>
  new Option('--lake <dir>', 'folder that holds the snapshots').argParser(folderArgument).default(defaultLake);

function folderArgument(text: string): string {
  if (!isS3Url(text)) return text;
  throw new InvalidArgumentError('This command works in a folder; query, sql, findings, diff and report read s3://…');
}

/** Where a command asks what is published. */
export interface EngineFlags {
  readonly lake: string;
  readonly engine: 'duckdb' | 'athena';
  readonly workgroup: string;
  readonly database: string;
}

/** `--lake` and `--engine`, for commands that ask what is published, here or in a deployed lake. */
export const withEngine = (command: Command): Command =>
  command
    .addOption(new Option('--lake <place>', 'folder or s3://… that holds the snapshots').default(defaultLake))
    .addOption(
      new Option('--engine <engine>', 'what runs the SQL: this process, or Athena over s3://…')
        .choices(['duckdb', 'athena'])
        .default('duckdb'),
    )
    .option('--workgroup <name>', 'workgroup of Athena', 'rolecall')
    .option('--database <name>', 'database of the lake in AWS Glue', 'rolecall');

/** `--format`: how rows are printed. */
export const formatOption = (): Option =>
  new Option('--format <format>', 'how rows are printed').choices(['table', 'csv', 'json']).default('table');

/** A calendar date, yyyy-MM-dd. */
export function dateArgument(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const valid =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!valid) throw new InvalidArgumentError('Give a date as yyyy-MM-dd, such as 2026-11-16.');
  return text;
}

/** Values separated by commas. */
export const listArgument = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `--param name=value`, gathered over several uses. */
export function parameterArgument(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give a parameter as name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** `--context key=value`; a key given again has several values. */
export function contextArgument(
  text: string,
  before: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give a condition key as key=value, such as aws:SourceVpc=vpc-1.');
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  return { ...before, [key]: [...(before[key] ?? []), value] };
}

export const withEngineAndFormat = (command: Command): Command => withEngine(command).addOption(formatOption());

export const withLakeAndFormat = (command: Command): Command =>
  command.addOption(lakeOption()).addOption(formatOption());
