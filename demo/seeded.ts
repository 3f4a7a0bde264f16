import { createHash } from 'node:crypto';

/**
 * Everything of the demo that looks random is drawn from a name, not from a sequence:
 * taking one function out of the organization leaves all others as they were.
 */
const drawn = (seed: string): Buffer => createHash('sha256').update(`rolecall demo ${seed}`).digest();

/** A number from 0 up to, not including, 1. */
export const fraction = (seed: string): number => drawn(seed).readUInt32BE(0) / 2 ** 32;

export function pick<T>(seed: string, items: readonly T[]): T {
  return items[Math.floor(fraction(seed) * items.length)] as T;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A unique id as IAM makes them, such as `AROA…`: prefix and 17 letters or digits. */
export const uniqueId = (prefix: string, seed: string): string =>
  prefix + Array.from(drawn(seed).subarray(0, 17), (byte) => letters[byte % 32]).join('');

export const hex = (seed: string, length: number): string => drawn(seed).toString('hex').slice(0, length);

export const base64 = (seed: string): string => drawn(seed).toString('base64');

export function uuid(seed: string): string {
  const digits = hex(seed, 32);
  return [0, 8, 12, 16, 20, 32].flatMap((end, i, ends) => (i === 0 ? [] : digits.slice(ends[i - 1], end))).join('-');
}

/** A moment between 2022 and the summer of 2026, ISO with milliseconds. */
export function pastMoment(seed: string): string {
  const [first, last] = [Date.UTC(2022, 0, 10), Date.UTC(2026, 7, 31)];
  const seconds = Math.floor((first + fraction(seed) * (last - first)) / 1000);
  return new Date(seconds * 1000).toISOString();
}
