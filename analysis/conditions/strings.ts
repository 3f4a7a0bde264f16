import { COLON, matches, type Pattern } from '../match.ts';
import type { Truth } from '../truth.ts';
import type { Resolved } from './variables.ts';

/** StringEquals: case counts, wildcards are plain signs. */
export function equals(wanted: Resolved, actual: string): boolean {
  return wanted.text === actual;
}

/** StringEqualsIgnoreCase. */
export function equalsIgnoreCase(wanted: Resolved, actual: string): boolean {
  return wanted.text.toLowerCase() === actual.toLowerCase();
}

/** StringLike: case counts, `*` and `?` are wildcards. */
export function isLike(wanted: Resolved, actual: string): boolean {
  return matches(wanted.pattern, actual);
}

/** Bool: `true` or `false`, in any case. */
export function isSameBoolean(wanted: Resolved, actual: string): boolean {
  const value = wanted.text.toLowerCase();
  return (value === 'true' || value === 'false') && value === actual.toLowerCase();
}

/** BinaryEquals: both are base64, which may be padded or not. */
export function isSameBinary(wanted: Resolved, actual: string): boolean {
  return Buffer.from(wanted.text, 'base64').equals(Buffer.from(actual, 'base64'));
}

const PARTS = 6;

/**
 * ArnEquals and ArnLike, which are the same: each of the six parts of the ARN is matched by itself, so a `*` does not
 * reach over a colon before the sixth. What a value with fewer parts means AWS leaves open, but for `*`.
 */
export function isArnLike(wanted: Resolved, actual: string): Truth {
  const patterns = splitPattern(wanted.pattern);
  if (patterns.length < PARTS) return matches(wanted.pattern, actual) && (wanted.text === '*' || 'unknown');
  const [arn, partition, service, region, account, ...resource] = actual.split(':');
  const parts = [arn, partition, service, region, account, resource.join(':')];
  return patterns.every((pattern, index) => matches(pattern, parts[index] ?? ''));
}

function splitPattern(pattern: Pattern): readonly Pattern[] {
  const parts: number[][] = [[]];
  for (const sign of pattern) {
    if (sign === COLON && parts.length < PARTS) parts.push([]);
    else parts[parts.length - 1]!.push(sign);
  }
  return parts;
}
