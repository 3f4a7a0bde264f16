import type { Grant } from '../authority.ts';

/** ARNs that a step may act on, sorted, with what else must be true of one. */
export interface Candidates {
  readonly arns: readonly string[];
  accepts(arn: string): boolean;
}

/** A part of the sorted ARNs, from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The part that can be among a grant’s resources: the ARNs that begin as its most telling pattern does. */
export function rangeOf({ arns }: Candidates, { within }: Grant): Range {
  const prefixes = within.map((text) => text.slice(0, text.search(/[*?]|\$\{|$/)));
  const prefix = prefixes.reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  const start = firstFrom(arns, (arn) => arn >= prefix);
  const end = firstFrom(arns, (arn) => arn >= prefix && !arn.startsWith(prefix));
  return { start, end };
}

/** Index of the first one that holds, where all after it hold too. */
function firstFrom(sorted: readonly string[], holds: (text: string) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
