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

/** What a policy names, looked up again and again: many principals share it, and every action is asked of all of them. */
interface Naming {
  /** In lower case; null where a wildcard, NotAction or something that nobody understands may name any. */
  readonly services: ReadonlySet<string> | null;
  readonly statements: Map<string, readonly Statement[]>;
}

const naming = new WeakMap<PolicyDocument, Naming>();
const NONE: readonly Statement[] = [];

/** Statements of a policy that name an action, whatever else they say; those that nobody understands may. */
export function statementsNaming(document: PolicyDocument, action: string): readonly Statement[] {
  const known = naming.get(document) ?? { services: servicesIn(document), statements: new Map() };
  naming.set(document, known);
  // Most policies name few services, so most answers are this one, and nothing is kept of them.
  if (known.services !== null && !known.services.has(serviceOf(action))) return NONE;
  const found =
    known.statements.get(action) ??
    document.statements.filter((statement) => statement.effect === 'unknown' || namesAction(statement, action));
  known.statements.set(action, found);
  return found;
}

function servicesIn({ statements }: PolicyDocument): Naming['services'] {
  if (statements.some(({ effect, actions }) => effect === 'unknown' || actions === null)) return null;
  const services = statements.flatMap(({ actions }) => (actions ?? []).map(serviceOf));
  return services.some((service) => /[*?]/.test(service)) ? null : new Set(services);
}

const services = new Map<string, string>();
/** Enough for a whole account's patterns; beyond, memory matters more than time. */
const REMEMBERED = 50_000;

/** What stands before the colon. */
function serviceOf(action: string): string {
  const known = services.get(action);
  if (known !== undefined) return known;
  const service = action.split(':', 1)[0]!.toLowerCase();
  if (services.size >= REMEMBERED) services.clear();
  services.set(action, service);
  return service;
}
