import type { Truth } from '../truth.ts';
import { isInRange } from './addresses.ts';
import type { Since } from './context.ts';
import { numberOf, ORDERS, type Order, timeOf } from './quantities.ts';
import { equals, equalsIgnoreCase, isArnLike, isLike, isSameBinary, isSameBoolean } from './strings.ts';
import type { Resolved } from './variables.ts';

/** A condition operator without its set prefix and IfExists. */
export interface Operator {
  /** Holds when no value matches, and when the key is not there. */
  readonly negated: boolean;
  /** Whether policy variables are put in; elsewhere they are plain text. */
  readonly variables: boolean;
  matches(wanted: Resolved, actual: string): Truth;
  /** For dates: against a time of which only the earliest is known. */
  matchesSince?(wanted: Resolved, since: Since): Truth;
}

const text = (matches: Operator['matches'], negated = false): Operator => ({ negated, variables: true, matches });
const plain = (matches: Operator['matches'], negated = false): Operator => ({ negated, variables: false, matches });

const number = (order: Order, negated = false) =>
  plain((wanted, actual) => order(numberOf(actual) - numberOf(wanted.text)), negated);

const date = (order: Order, negated = false): Operator => ({
  ...plain((wanted, actual) => order(timeOf(actual) - timeOf(wanted.text)), negated),
  matchesSince: (wanted, { since }) => {
    const gap = since.getTime() - timeOf(wanted.text);
    return Number.isNaN(gap) ? false : gap > 0 ? order(gap) : 'unknown';
  },
});

/** All condition operators by lowercased name. Page: IAM JSON policy elements: Condition operators. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: text(equals),
    StringNotEquals: text(equals, true),
    StringEqualsIgnoreCase: text(equalsIgnoreCase),
    StringNotEqualsIgnoreCase: text(equalsIgnoreCase, true),
    StringLike: text(isLike),
    StringNotLike: text(isLike, true),
    ArnEquals: text(isArnLike),
    ArnLike: text(isArnLike),
    ArnNotEquals: text(isArnLike, true),
    ArnNotLike: text(isArnLike, true),
    Bool: text(isSameBoolean),
    BinaryEquals: plain(isSameBinary),
    IpAddress: plain(isInRange),
    NotIpAddress: plain(isInRange, true),
    NumericEquals: number(ORDERS.Equals),
    NumericNotEquals: number(ORDERS.Equals, true),
    NumericLessThan: number(ORDERS.LessThan),
    NumericLessThanEquals: number(ORDERS.LessThanEquals),
    NumericGreaterThan: number(ORDERS.GreaterThan),
    NumericGreaterThanEquals: number(ORDERS.GreaterThanEquals),
    DateEquals: date(ORDERS.Equals),
    DateNotEquals: date(ORDERS.Equals, true),
    DateLessThan: date(ORDERS.LessThan),
    DateLessThanEquals: date(ORDERS.LessThanEquals),
    DateGreaterThan: date(ORDERS.GreaterThan),
    DateGreaterThanEquals: date(ORDERS.GreaterThanEquals),
  }).map(([name, operator]) => [name.toLowerCase(), operator]),
);
