/** Some time from then on: what is known of the time of a request that has not been made yet. */
export interface Since {
  readonly since: Date;
  /** Whether the key may as well not be there: a user's own keys have no TokenIssueTime, its session's have. */
  readonly mayBeAbsent: boolean;
}

/** Values of a key in the request; null: the key is not there. */
export type ContextValue = readonly string[] | null | Since;

/** What is known of a request, by condition key in lower case; a key that is missing, or undefined, is unknown. */
export type Context = ReadonlyMap<string, ContextValue | undefined>;

/** Keys match without case. Page: IAM policy elements: Variables and tags. */
export function contextOf(known: Readonly<Record<string, ContextValue | string | undefined>>): Context {
  return new Map(
    Object.entries(known).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]),
  );
}

/**
 * Values of a key; null when it is not in the request, undefined when nobody knows. No value is as good as no key.
 * A key such as `aws:PrincipalTag/*` stands for all tags that are not given by themselves.
 */
export function valuesOf(context: Context, key: string): ContextValue | undefined {
  const name = key.toLowerCase();
  const known = context.has(name) ? context.get(name) : context.get(name.replace(/\/.*$/s, '/*'));
  return Array.isArray(known) && known.length === 0 ? null : known;
}
