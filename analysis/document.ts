import { createHash } from 'node:crypto';
import {
  isObject,
  type Json,
  JsonError,
  type JsonObject,
  placeOf,
  quoted,
  readJson,
  withoutSpace,
} from './json_text.ts';
import type { DocumentKind, PolicyDocument, Statement } from './policy.ts';
import { byName, readStatement, unknownStatement } from './read_statement.ts';

/**
 * Reads a policy document as AWS, its CLI or a person wrote it: URL-encoded or not, with a byte order mark,
 * one Statement or a list, keys in odd case. Never throws: what cannot be understood becomes an `unknown`
 * statement and a problem that names the place.
 * Page: IAM JSON policy elements reference; Grammar of the IAM JSON policy language.
 */
export function parseDocument(given: string, kind: DocumentKind): PolicyDocument {
  const text = decode(given);
  try {
    const { value, duplicates } = readJson(text);
    const notes = duplicates.map(({ key, offset }) => `key ${quoted(key)} twice at ${placeOf(text, offset)}`);
    const found = readTop(value, text, kind);
    const problems = [...notes, ...found.problems, ...found.statements.flatMap((one) => one.problem ?? [])];
    return documentOf(withoutSpace(text), found.version, found.statements, problems);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return broken(text, `no JSON: ${error.message} at ${placeOf(text, error.offset)}`);
  }
}

function decode(given: string): string {
  const text = given.replace(/^\s*\uFEFF?\s*/, '');
  if (!text.startsWith('%')) return text;
  try {
    return decodeURIComponent(text).replace(/^\s*\uFEFF/, '');
  } catch {
    return text;
  }
}

function broken(text: string, problem: string): PolicyDocument {
  return documentOf(text, '', [unknownStatement(0, problem)], [problem]);
}

function documentOf(
  text: string,
  version: string,
  statements: readonly Statement[],
  problems: readonly string[],
): PolicyDocument {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { version, statements, text, sha256, problem: problems.length === 0 ? null : problems.join('; ') };
}

interface Top {
  readonly version: string;
  readonly statements: readonly Statement[];
  readonly problems: readonly string[];
}

function readTop(value: Json, text: string, kind: DocumentKind): Top {
  if (!isObject(value)) return nothingIn('the document is no object');
  const members = byName(value);
  const statement = members.get('statement');
  if (statement === undefined) return nothingIn('there is no Statement');
  const items = Array.isArray(statement) ? statement : [statement as Json];
  return {
    ...readVersion(members.get('version')),
    statements: items.map((item, position) => readItem(item, position, text, kind, value)),
  };
}

function readItem(item: Json, position: number, text: string, kind: DocumentKind, top: JsonObject): Statement {
  if (isObject(item)) return readStatement(item, { position, text, kind });
  return unknownStatement(position, `statement ${position} is no object (document at ${placeOf(text, top.start)})`);
}

function nothingIn(problem: string): Top {
  return { version: '', statements: [unknownStatement(0, problem)], problems: [] };
}

/** Page: IAM JSON policy elements: Version. Without one, AWS takes 2008-10-17. */
function readVersion(version: Json | undefined): Pick<Top, 'version' | 'problems'> {
  if (version === undefined) return { version: '2008-10-17', problems: [] };
  if (version === '2012-10-17' || version === '2008-10-17') return { version, problems: [] };
  return { version: '2008-10-17', problems: ['Version is neither 2012-10-17 nor 2008-10-17'] };
}
