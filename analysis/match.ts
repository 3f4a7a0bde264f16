/**
 * A pattern with its wildcards marked: characters, or one of the marks below.
 */
export type Pattern = readonly string[];

/** Any text, also none; and exactly one character. Longer than a character, so no character is taken for them. */
const ANY = 'any';
const ONE = 'one';
/** Any text without a colon: stands in what is asked for, never in what a policy says. */
const SEGMENT = 'segment';

const compiled = new Map<string, Pattern>();
/** Enough for a whole account's patterns; beyond, memory matters more than time. */
const REMEMBERED = 50_000;

/** Reads `*` and `?` as wildcards, all else as itself. Wildcards in a row are put in one order, so equal ones look equal. */
export function patternOf(text: string): Pattern {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const pattern = inOrder(Array.from(text, (sign) => (sign === '*' ? ANY : sign === '?' ? ONE : sign)));
  if (compiled.size >= REMEMBERED) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}

/** A resource that is asked for, where `*` stands for a part of an ARN and does not reach over a colon. */
export function askedOf(arn: string): Pattern {
  return Array.from(arn, (sign) => (sign === '*' ? SEGMENT : sign));
}

/** `*?*` becomes `?*`: first all single ones, then one for the rest. */
export function inOrder(signs: readonly string[]): Pattern {
  const ordered: string[] = [];
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
  return covers(pattern, Array.from(text));
}

/** Actions match without case. Page: IAM JSON policy elements: Action. */
export function actionMatches(pattern: string, action: string): boolean {
  const wanted = pattern.toLowerCase();
  const asked = action.toLowerCase();
  return /[*?]/.test(wanted) ? matches(patternOf(wanted), asked) : wanted === asked;
}

/**
 * Whether everything that `narrow` matches is matched by `wide` too.
 * Never says yes wrongly; a yes may be missed where wildcards stand against each other in odd ways (`?*` against `*a`).
 */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  if (fewest(wide) > fewest(narrow)) return false;
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
  while (wide[at] === ANY) at++;
  return at === wide.length;
}

function stands(wide: string, narrow: string): boolean {
  return wide === narrow || (wide === ONE && !isMany(narrow));
}

/** Characters that the shortest match has. */
function fewest(pattern: Pattern): number {
  let count = 0;
  for (const sign of pattern) if (!isMany(sign)) count++;
  return count;
}

function isMany(sign: string): boolean {
  return sign === ANY || sign === SEGMENT;
}

/** Whether some text matches both patterns. Time grows with the product of the lengths, memory with one of them. */
export function overlap(left: Pattern, right: Pattern): boolean {
  if (beginDifferently(left, right)) return false;
  let row = startRow(right);
  for (const sign of left) row = nextRow(row, sign, right);
  return row[right.length]!;
}

/** Most patterns that have nothing in common differ before their first wildcard. */
function beginDifferently(left: Pattern, right: Pattern): boolean {
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (isWild(left[i]!) || isWild(right[i]!)) return false;
    if (left[i] !== right[i]) return true;
  }
  return false;
}

function isWild(sign: string): boolean {
  return sign === ONE || isMany(sign);
}

/** Which beginnings of `right` can be met before anything of the other pattern: those of wildcards alone. */
function startRow(right: Pattern): boolean[] {
  const row = [true];
  for (const sign of right) row.push(row[row.length - 1]! && isMany(sign));
  return row;
}

function nextRow(before: readonly boolean[], sign: string, right: Pattern): boolean[] {
  const row = [before[0]! && isMany(sign)];
  for (let j = 1; j <= right.length; j++) {
    const other = right[j - 1]!;
    const met = before[j - 1]! && meets(sign, other);
    const skipped = (before[j]! && takes(other, sign)) || (row[j - 1]! && takes(sign, other));
    row.push(met || skipped);
  }
  return row;
}

/** Whether two single signs can be the same character. */
function meets(left: string, right: string): boolean {
  return !isMany(left) && !isMany(right) && (left === right || left === ONE || right === ONE);
}

/** Whether a wildcard for many can take in another sign, or nothing for it. */
function takes(many: string, sign: string): boolean {
  return isMany(sign) || many === ANY || (many === SEGMENT && sign !== ':');
}
