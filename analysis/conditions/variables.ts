import { inOrder, type Pattern, patternOf, plainOf } from '../match.ts';
import { type Context, valuesOf } from './context.ts';

/** A text of a policy after its variables were put in: to be compared whole, or as a pattern. */
export interface Resolved {
  readonly text: string;
  readonly pattern: Pattern;
}

const VARIABLE = /\$\{\s*([^{},]*?)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/**
 * Puts the values of the request in the place of `${key}` and `${key, 'default'}`; `${*}`, `${?}` and `${$}` stand for
 * the signs themselves. Wildcards in a value are plain signs. Version 2008-10-17 knows no variables.
 * @returns null when a variable is not in the request (the text then matches nothing), `unknown` when nobody knows
 * Page: IAM policy elements: Variables and tags.
 */
export function resolve(given: string, version: string, context: Context): Resolved | null | 'unknown' {
  if (version === '2008-10-17' || !given.includes('${')) return { text: given, pattern: patternOf(given) };
  const signs: number[] = [];
  let text = '';
  let end = 0;
  for (const found of given.matchAll(VARIABLE)) {
    const value = substitute(found[1]!, found[2], context);
    if (value === null || value === 'unknown') return value;
    const before = given.slice(end, found.index);
    signs.push(...patternOf(before), ...plainOf(value[0]));
    text += before + value[0];
    end = found.index + found[0].length;
  }
  const rest = given.slice(end);
  return { text: text + rest, pattern: inOrder([...signs, ...patternOf(rest)]) };
}

/** The widest that a text with variables can mean: anything in their place. */
export function widest(given: string): string {
  return given.replace(VARIABLE, '*');
}

/** The value in a list of one, so that no value is taken for `unknown`. */
function substitute(
  name: string,
  fallback: string | undefined,
  context: Context,
): readonly [string] | null | 'unknown' {
  if (name === '*' || name === '?' || name === '$') return [name];
  const known = valuesOf(context, name);
  if (known === undefined || (known !== null && 'since' in known)) return 'unknown';
  if (known !== null && known.length === 1) return [known[0]!];
  return fallback === undefined ? null : [fallback];
}
