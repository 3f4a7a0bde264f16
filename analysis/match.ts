/** A pattern as code points, with the marks below in the place of wildcards. */
export type Pattern = readonly number[];

/** Any text, also none; and exactly one character. Below zero, so no character is taken for them. */
const ANY = -1;
const ONE = -2;
/** Any text without a colon: stands in what is asked for, never in what a policy says. */
const SEGMENT = -3;
export const COLON = 58;

const MARKS: ReadonlyMap<number, number> = new Map(
  [...'*?'].map((sign, index) => [sign.codePointAt(0)!, [ANY, ONE][index]!]),
);

const compiled = new Map<string, Pattern>();
/** Enough for a whole account's patterns; beyond, memory matters more than time. */
const REMEMBERED = 50_000;

/** Reads `*` and `?` as wildcards, all else as itself. Wildcards in a row are put in one order, so equal ones look equal. */
export function patternOf(text: string): Pattern {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const pattern = inOrder(plainOf(text).map((sign) => MARKS.get(sign) ?? sign));
  if (compiled.size >= REMEMBERED) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}

/** A resource that is asked for, where `*` stands for a part of an ARN and does not reach over a colon. */
export function askedOf(arn: string): Pattern {
  return plainOf(arn).map((sign) => (MARKS.get(sign) === ANY ? SEGMENT : sign));
}

/** Text that stands for itself: no sign of it is a wildcard. */
export function plainOf(text: string): Pattern {
  return Array.from(text, (sign) => sign.codePointAt(0)!);
}

/** `*?*` becomes `?*`: first all single ones, then one for the rest. */
export function inOrder(signs: Pattern): Pattern {
  const ordered: number[] = [];
  let any = false;
  for (const sign of signs) {
    if (sign === ANY) any = true;
    else {
      if (any && sign !== ONE) ordered.push(ANY);
      if (sign !== ONE) any = false;
      ordered.push(sign);
    }
  }
  if (any) ordered.push(ANY);
  return ordered;
}

/**
 * Whether the text matches the whole pattern, case included.
 * Walks back to the last `*` only: what an earlier one could do differently, the last one can do as well.
 */
export function matches(pattern: Pattern, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < text.length) {
    const sign = text.codePointAt(i)!;
    if (pattern[at] === ANY) {
      star = at++;
      resume = i;
    } else if (at < pattern.length && stands(pattern[at]!, sign)) {
      at++;
      i += widthOf(sign);
    } else if (star >= 0) {
      at = star + 1;
      resume += widthOf(text.codePointAt(resume)!);
      i = resume;
    } else return false;
  }
  return isAtEnd(pattern, at);
}

/** Code units of a code point. */
const widthOf = (sign: number): number => (sign > 0xffff ? 2 : 1);

/** Whether nothing more need follow. */
function isAtEnd(pattern: Pattern, at: number): boolean {
  let end = at;
  while (pattern[end] === ANY) end++;
  return end === pattern.length;
}

/** An action as policies name it, in lower case; without wildcards there is no pattern. */
interface ActionText {
  readonly text: string;
  readonly pattern: Pattern | null;
}

const actionTexts = new Map<string, ActionText>();

function actionTextOf(given: string): ActionText {
  const known = actionTexts.get(given);
  if (known !== undefined) return known;
  const text = given.toLowerCase();
  const found = { text, pattern: /[*?]/.test(text) ? patternOf(text) : null };
  if (actionTexts.size >= REMEMBERED) actionTexts.clear();
  actionTexts.set(given, found);
  return found;
}

/** Actions match without case. Page: IAM JSON policy elements: Action. */
export function actionMatches(pattern: string, action: string): boolean {
  const wanted = actionTextOf(pattern);
  const asked = actionTextOf(action).text;
  return wanted.pattern === null ? wanted.text === asked : matches(wanted.pattern, asked);
}

/**
 * Whether everything that `narrow` matches is matched by `wide` too.
 * Never says yes wrongly; a yes may be missed where wildcards stand against each other in odd ways (`?*` against `*a`).
 */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  if (beginDifferently(wide, narrow) || fewest(wide) > fewest(narrow)) return false;
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < narrow.length) {
    if (wide[at] === ANY) {
      star = at++;
      resume = i;
    } else if (at < wide.length && stands(wide[at]!, narrow[i]!)) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  return isAtEnd(wide, at);
}

function stands(wide: number, narrow: number): boolean {
  return wide === narrow || (wide === ONE && !isMany(narrow));
}

/** Characters that the shortest match has. */
function fewest(pattern: Pattern): number {
  let count = 0;
  for (const sign of pattern) if (!isMany(sign)) count++;
  return count;
}

function isMany(sign: number): boolean {
  return sign === ANY || sign === SEGMENT;
}

/** Whether some text matches both patterns. Time grows with the product of the lengths, memory with one of them. */
export function overlap(left: Pattern, right: Pattern): boolean {
  if (beginDifferently(left, right)) return false;
  const row = startRow(right);
  return left.every((sign) => advance(row, sign, right)) && row[right.length] === 1;
}

/** Most patterns that have nothing in common differ before their first wildcard. */
function beginDifferently(left: Pattern, right: Pattern): boolean {
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i]! < 0 || right[i]! < 0) return false;
    if (left[i] !== right[i]) return true;
  }
  return false;
}

/** Which beginnings of `right` can be met before anything of the other pattern: those of wildcards alone. */
function startRow(right: Pattern): Uint8Array {
  const row = new Uint8Array(right.length + 1);
  const wildcards = right.findIndex((sign) => !isMany(sign));
  return row.fill(1, 0, 1 + (wildcards === -1 ? right.length : wildcards));
}

/** Makes the row of one more sign out of that before it. @returns whether any beginning is left */
function advance(row: Uint8Array, sign: number, right: Pattern): boolean {
  let before = row[0]!;
  row[0] = before & Number(isMany(sign));
  let left = row[0];
  for (let j = 1; j <= right.length; j++) {
    const other = right[j - 1]!;
    const above = row[j]!;
    const met = before === 1 && meets(sign, other);
    const skipped = (above === 1 && takes(other, sign)) || (row[j - 1] === 1 && takes(sign, other));
    row[j] = Number(met || skipped);
    left |= row[j]!;
    before = above;
  }
  return left === 1;
}

/** Whether two single signs can be the same character. */
function meets(left: number, right: number): boolean {
  return !isMany(left) && !isMany(right) && (left === right || left === ONE || right === ONE);
}

/** Whether a wildcard for many can take in another sign, or nothing for it. */
function takes(many: number, sign: number): boolean {
  return isMany(sign) || many === ANY || (many === SEGMENT && sign !== COLON);
}
