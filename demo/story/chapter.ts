import type { Organization } from '../organization/model.ts';

/** yyyy-MM-dd: a Monday on which the organization was exported. */
export type Week = (typeof weeks)[number];

export const weeks = ['2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'] as const;

/** A row, or those columns of it that matter. */
export type PartOfRow = Readonly<Record<string, unknown>>;

/** Something that was planted, and the question that must find it. */
export interface PlantedEvent {
  readonly date: Week;
  /** What happened, in a sentence. */
  readonly what: string;
  readonly question: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Each must be part of some row of the answer. */
  readonly expected: readonly PartOfRow[];
  /** None may be part of any row of the answer. */
  readonly absent?: readonly PartOfRow[];
}

/** What somebody did to the organization in the week before that Monday; it stays so. */
export interface Change {
  readonly date: Week;
  apply(organization: Organization): void;
}

/** What could not be exported that Monday: a whole account, or its functions in one region. */
interface Unread {
  readonly date: Week;
  readonly account: string;
  readonly region?: string;
}

/** One thread of the story. */
export interface Chapter {
  readonly changes?: readonly Change[];
  readonly unread?: readonly Unread[];
  /** @param at the organization as it stood on a Monday */
  events(at: (date: Week) => Organization): readonly PlantedEvent[];
}

/** The Monday before. */
export const weekBefore = (date: Week): Week => {
  const before = weeks[weeks.indexOf(date) - 1];
  if (!before) throw new Error(`The story begins on ${date}.`);
  return before;
};

/** What `drift` is asked for the week that ends on that Monday. */
export const driftOf = (date: Week, from: Week = weekBefore(date)) =>
  ({ date, question: 'drift', parameters: { from, to: date } }) as const;
