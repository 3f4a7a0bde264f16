import { conditionsHold } from './conditions/conditions.ts';
import type { Context } from './conditions/context.ts';
import { resolve, widest } from './conditions/variables.ts';
import { actionMatches, matches, patternOf } from './match.ts';
import type { PolicyDocument, Statement } from './policy.ts';
import { not, some, type Truth } from './truth.ts';

/** What a statement is held against. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/**
 * Whether a statement speaks of a request, whoever makes it: action, resource and conditions.
 * A statement that nobody can understand may.
 * Pages: IAM JSON policy elements: Action, NotAction, Resource, NotResource, Condition.
 */
export function applies(statement: Statement, version: string, asked: Asked): Truth {
  if (statement.effect === 'unknown') return 'unknown';
  if (!namesAction(statement, asked.action)) return false;
  const resource = namesResource(statement, version, asked);
  if (resource === false) return false;
  const conditions = conditionsHold(statement.conditions, version, asked.context);
  return conditions === true ? resource : conditions;
}

export function namesAction({ actions, notActions }: Statement, action: string): boolean {
  const named = (patterns: readonly string[]) => patterns.some((pattern) => actionMatches(pattern, action));
  return notActions === null ? named(actions ?? []) : !named(notActions);
}

/** Without Resource a policy speaks of what it belongs to. */
function namesResource({ resources, notResources }: Statement, version: string, asked: Asked): Truth {
  if (notResources !== null) return not(namesOne(notResources, version, asked));
  return resources === null || namesOne(resources, version, asked);
}

function namesOne(patterns: readonly string[], version: string, { resource, context }: Asked): Truth {
  return some(patterns, (pattern) => {
    const resolved = resolve(pattern, version, context);
    if (resolved === null) return false;
    if (resolved === 'unknown') return matches(patternOf(widest(pattern)), resource) && 'unknown';
    return matches(resolved.pattern, resource);
  });
}

/** Looked up again and again: many principals share a policy, and every action is asked of all of them. */
const naming = new WeakMap<PolicyDocument, Map<string, readonly Statement[]>>();

/** Statements of a policy that name an action, whatever else they say; those that nobody understands may. */
export function statementsNaming(document: PolicyDocument, action: string): readonly Statement[] {
  const known = naming.get(document) ?? new Map<string, readonly Statement[]>();
  naming.set(document, known);
  const found =
    known.get(action) ??
    document.statements.filter((statement) => statement.effect === 'unknown' || namesAction(statement, action));
  known.set(action, found);
  return found;
}
