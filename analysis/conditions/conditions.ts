import type { Condition } from '../policy.ts';
import { every, not, some, type Truth } from '../truth.ts';
import { type Context, type ContextValue, valuesOf } from './context.ts';
import { OPERATORS, type Operator } from './operators.ts';
import { type Resolved, resolve } from './variables.ts';

/**
 * Whether all conditions of a statement hold for a request; `unknown` when a key that decides is not known.
 * Page: IAM JSON policy elements: Condition; Creating a condition with multiple keys or values.
 */
export function conditionsHold(conditions: readonly Condition[], version: string, context: Context): Truth {
  return every(conditions, (condition) => conditionHolds(condition, version, context));
}

const FORM = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/;

function conditionHolds({ operator, key, values }: Condition, version: string, context: Context): Truth {
  const [, set, name = '', ifExists] = FORM.exec(operator.toLowerCase()) ?? [];
  const actual = valuesOf(context, key);
  if (name === 'null') return isNull(values, actual);
  const found = OPERATORS.get(name);
  if (found === undefined) return 'unknown';
  const ifAbsent = absent(set, ifExists !== undefined, found.negated);
  if (actual === null) return ifAbsent;
  if (actual === undefined) return 'unknown';
  const wanted = values.map((value) => resolve(value, found.variables ? version : '2008-10-17', context));
  const ifPresent = compared(found, set, wanted, actual);
  return mayBeAbsent(actual) && ifPresent !== ifAbsent ? 'unknown' : ifPresent;
}

/** Page: Condition operators, Condition operator to check existence of condition keys. */
function isNull(values: readonly string[], actual: ContextValue | undefined): Truth {
  if (actual === undefined || mayBeAbsent(actual)) return 'unknown';
  return values.some((value) => value.toLowerCase() === String(actual === null));
}

function mayBeAbsent(actual: ContextValue): boolean {
  return actual !== null && 'since' in actual && actual.mayBeAbsent;
}

/**
 * A key that is not in the request: matches nothing, so only a negated operator holds; ForAllValues finds no value
 * that fails; ForAnyValue finds none that holds. IfExists holds; with ForAnyValue, AWS says both.
 */
function absent(set: string | undefined, ifExists: boolean, negated: boolean): Truth {
  if (ifExists) return set === 'foranyvalue' ? 'unknown' : true;
  return set === 'forallvalues' || (set === undefined && negated);
}

/** Null: a variable in it has no value, so it is equal to nothing. Page: Variables and tags, Policy variables with no value. */
type Wanted = readonly (Resolved | null | 'unknown')[];

function compared(
  operator: Operator,
  set: string | undefined,
  wanted: Wanted,
  actual: Exclude<ContextValue, null>,
): Truth {
  const holdsFor = (matches: (one: Resolved) => Truth): Truth => {
    const any = some(wanted, (one) => (one === 'unknown' ? one : one !== null && matches(one)));
    return operator.negated ? not(any) : any;
  };
  if ('since' in actual) return holdsFor((one) => operator.matchesSince?.(one, actual) ?? 'unknown');
  const each = (value: string) => holdsFor((one) => operator.matches(one, value));
  const all = set === 'forallvalues' || (set === undefined && operator.negated);
  return all ? every(actual, each) : some(actual, each);
}
