/** Comparison of two quantities: negative, zero or positive as in sorting. */
export type Order = (difference: number) => boolean;

export const ORDERS = {
  Equals: (difference) => difference === 0,
  LessThan: (difference) => difference < 0,
  LessThanEquals: (difference) => difference <= 0,
  GreaterThan: (difference) => difference > 0,
  GreaterThanEquals: (difference) => difference >= 0,
} as const satisfies Record<string, Order>;

/** A whole or decimal number; NaN when it is none. */
export function numberOf(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
}

const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * A date as milliseconds since 1970: W3C's forms of ISO 8601 or seconds since 1970; NaN when it is none.
 * Page: IAM JSON policy elements: Condition operators, Date.
 */
export function timeOf(given: string): number {
  const text = given.trim();
  if (DATE.test(text)) return Date.parse(text);
  if (DATE_TIME.test(text)) return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return numberOf(text) * 1000;
}
