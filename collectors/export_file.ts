import { statusOfCode } from './error_code.ts';
import { readText } from './export_text.ts';
import { NotReadable } from './source.ts';

/**
 * What an export holds for one function; undefined when AWS said that there is none.
 * @param emptyIsNone whether AWS prints nothing on standard output then, so that the file may be empty.
 */
export async function readOptionalExport(root: string, path: string, emptyIsNone: boolean): Promise<unknown> {
  const text = (await readText(root, path)) ?? '';
  if (emptyIsNone && text.trim() === '') return undefined;
  return refusalIn(text)?.code === 'ResourceNotFoundException' ? undefined : parseExport(text, path);
}

/**
 * JSON of a file that the AWS CLI printed.
 * @throws NotReadable when it is missing, cut off, or holds an error instead; messages never quote the file,
 * save for what AWS says in an error.
 */
export async function readExport(root: string, path: string): Promise<unknown> {
  const text = await readText(root, path);
  if (text === undefined) throw new NotReadable('not_provided', `${path} was not provided`);
  return parseExport(text, path);
}

function parseExport(text: string, path: string): unknown {
  const refusal = refusalIn(text);
  if (refusal !== undefined) {
    const { code, operation, message } = refusal;
    throw new NotReadable(statusOfCode(code), `${path}: ${operation} failed: ${message}`, code);
  }
  const json = parseJson(text, path);
  if (hasMorePages(json)) {
    const advice = 'it ends with a token for more; export it again without --max-items or --no-paginate';
    throw new NotReadable('error', `${path} is cut off: ${advice}`, 'MorePages');
  }
  return json;
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') throw new NotReadable('error', `${path} is empty; export it again`, 'Empty');
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message would quote the file.
    const advice = `it is no complete JSON (${text.length} characters); export it again`;
    throw new NotReadable('error', `${path} is cut off or damaged: ${advice}`, 'InvalidJson');
  }
}

interface Refusal {
  readonly code: string;
  readonly operation: string;
  readonly message: string;
}

/** The AWS CLI's own words for an error, redirected into the file. */
const refused =
  /^\s*(?:aws: \[ERROR\]: )?An error occurred \(([\w.]{1,100})\) when calling the (\w{1,100}) operation(?: \([^)\n]{1,100}\))?: ?([^\r\n]*)/;

function refusalIn(text: string): Refusal | undefined {
  const [, code, operation, message] = refused.exec(text) ?? [];
  if (code === undefined || operation === undefined) return undefined;
  return { code, operation, message: withoutControls(message ?? '') };
}

const withoutControls = (text: string): string => text.replace(/\p{C}+/gu, ' ').slice(0, 500);

const tokens = ['NextToken', 'nextToken', 'NextMarker', 'Marker', 'PaginationToken'];

/** Whether the answer is a page of several; an empty or null token ends a listing. */
function hasMorePages(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const page = json as Record<string, unknown>;
  return page.IsTruncated === true || tokens.some((token) => typeof page[token] === 'string' && page[token] !== '');
}
