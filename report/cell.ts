import type { Value } from '../queries/engine.ts';

/** The value as text; '' for NULL and for a column that the question does not have. */
export function text(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return isoTime(value);
  return typeof value === 'object' ? value.map(String).join('; ') : String(value);
}

/** The value as a number; null when it is NULL, not there or not a number. */
export function number(value: Value | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The value as a list; empty when it is NULL. */
export function list(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** UTC, to the millisecond; '' for a date that is none. */
function isoTime(time: Date): string {
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
