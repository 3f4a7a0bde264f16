import { statementsNaming } from './applies.ts';
import { conditionsHold } from './conditions/conditions.ts';
import type { Context } from './conditions/context.ts';
import { resolve, widest } from './conditions/variables.ts';
import type { Deciding, Evaluation } from './evaluate.ts';
import { rcpsBind, scpsBind } from './guardrails.ts';
import { inForce, type Layer, type Placed } from './hearing.ts';
import { askedOf, covers, matches, type Pattern, patternOf } from './match.ts';
import type { Policies } from './policies.ts';
import type { Statement } from './policy.ts';
import { isInside, type Region, restricted, type Said, without } from './regions.ts';
import { type Request, requestContext } from './request.ts';

/** Resources that a principal may do an action on, as far as its own policies go. */
export interface Grant {
  /** Patterns that a resource must match, all of them. */
  readonly within: readonly string[];
  /** Patterns that it must not match. */
  readonly except: readonly string[];
  /** `unknown`: it hangs on a condition, or on a policy that nobody understands. */
  readonly holds: true | 'unknown';
  readonly by: readonly Deciding[];
}

export interface Authority {
  readonly verdict: Evaluation['decision'];
  readonly grants: readonly Grant[];
  /** Statements of identity policies that grant it, whatever cuts it; empty when none does. */
  readonly granted: readonly Deciding[];
  /** Deny statements that take some or all of it away, or may. */
  readonly blocked: readonly Deciding[];
  /** The first layer that lets nothing through; null when some of it gets through all of them. */
  readonly lacks: Layer | null;
}

/**
 * Whether a principal may do an action on any of the resources that `request.resource` stands for (`*` in it is any
 * part of an ARN), and on which: what identity policies grant, cut by boundary, session policy, SCPs and RCPs, less
 * every Deny. Resource policies have no say here.
 * Page: Policy evaluation logic: effective permissions are what all layers have in common.
 */
export function authorityOf(request: Request, policies: Omit<Policies, 'resource'>): Authority {
  const speaking = speakingOf(request, { ...policies, resource: null });
  const allows = speaking.filter(({ statement }) => statement.effect !== 'Deny');
  let held: readonly Held[] = [everything(request.resource)];
  let granted: readonly Deciding[] = [];
  for (const { layer, level } of gatesOf(request, policies)) {
    const here = allows.filter((one) => one.layer === layer && one.level === level);
    const parts = here.map((allow) => held.flatMap((one) => allowedParts(one, allow)));
    held = merged(parts.flat());
    if (layer === 'identity')
      granted = here.filter((_, index) => parts[index]!.length > 0).map(({ deciding }) => deciding);
    if (held.length === 0) return { verdict: 'denied', grants: [], granted, blocked: [], lacks: layer };
  }
  const denies = speaking.filter(({ statement }) => statement.effect !== 'Allow');
  return { granted, ...lessDenied(held, denies, request.resource) };
}

/** Whether one resource is among those of a grant; a variable that nobody knows may stand for anything. */
export function grantCovers(grant: Grant, resource: string): boolean {
  const { within, except } = widestOf(grant);
  const named = (pattern: Pattern) => matches(pattern, resource);
  return within.every(named) && !except.some(named);
}

/** Patterns of a grant, which is held against thousands of resources. */
const widestPatterns = new WeakMap<Grant, Record<'within' | 'except', readonly Pattern[]>>();

function widestOf(grant: Grant): Record<'within' | 'except', readonly Pattern[]> {
  const patterns = (texts: readonly string[]) => texts.map((text) => patternOf(widest(text)));
  const known = widestPatterns.get(grant) ?? { within: patterns(grant.within), except: patterns(grant.except) };
  widestPatterns.set(grant, known);
  return known;
}

/** Whether all that one grant takes in is surely taken in by another. */
export function isPartOf(part: Grant, { within, except }: Grant): boolean {
  const covered = (text: string) => part.within.some((one) => covers(patternOf(text), patternOf(widest(one))));
  return within.every(covered) && except.every((text) => part.except.includes(text));
}

/** A statement that speaks of the action, and may hold. */
interface Speaking extends Placed {
  readonly statement: Statement;
  readonly holds: true | 'unknown';
  readonly resources: readonly Pointed[] | null;
  readonly notResources: readonly Pointed[] | null;
  readonly deciding: Deciding;
}

/** A resource pattern; not `sure` when it hangs on a variable that nobody knows. */
interface Pointed extends Said {
  readonly sure: boolean;
}

interface Held extends Region {
  readonly holds: true | 'unknown';
  readonly by: readonly Deciding[];
}

function everything(resource: string): Held {
  const asked = resource === '*' ? patternOf(resource) : askedOf(resource);
  return { within: [{ text: resource, pattern: asked }], except: [], holds: true, by: [] };
}

function speakingOf(request: Request, policies: Policies): readonly Speaking[] {
  let context: Context | undefined;
  const contextOf = () => {
    context ??= requestContext(request);
    return context;
  };
  const speaking: Speaking[] = [];
  for (const { layer, level, policy } of inForce(request, policies)) {
    for (const statement of statementsNaming(policy.document, request.action)) {
      const said = plainly(statement) ?? saidIn(statement, policy.document.version, contextOf());
      if (said !== null) speaking.push(speakingAs({ layer, level, policy }, statement, said));
    }
  }
  return speaking;
}

function speakingAs(placed: Placed, statement: Statement, said: SaidOf): Speaking {
  const { layer, level, policy } = placed;
  const { position, sid, effect } = statement;
  const { holds, resources, notResources } = said;
  const deciding = { layer, policy_id: policy.id, position, sid, effect, holds };
  return { layer, level, policy, statement, holds, resources, notResources, deciding };
}

type SaidOf = Pick<Speaking, 'holds' | 'resources' | 'notResources'>;

const UNCLEAR: SaidOf = { holds: 'unknown', resources: null, notResources: null };

/** Most statements say the same to every request; kept, for many principals share a policy. */
const plain = new WeakMap<Statement, SaidOf | 'hangs'>();

/** What a statement says to every request; null when it hangs on the request. */
function plainly(statement: Statement): SaidOf | null {
  const known = plain.get(statement);
  if (known !== undefined) return known === 'hangs' ? null : known;
  const { conditions, resources, notResources } = statement;
  const hangs =
    conditions.length > 0 || [...(resources ?? []), ...(notResources ?? [])].some((one) => one.includes('${'));
  const said = statement.effect === 'unknown' ? UNCLEAR : hangs ? null : saidIn(statement, '', NOTHING_KNOWN);
  plain.set(statement, said ?? 'hangs');
  return said;
}

const NOTHING_KNOWN: Context = new Map();

/** Null when a statement surely does not speak of a request. */
function saidIn({ conditions, resources, notResources }: Statement, version: string, context: Context): SaidOf | null {
  const holds = conditionsHold(conditions, version, context);
  if (holds === false) return null;
  return {
    holds,
    resources: pointed(resources, version, context),
    notResources: pointed(notResources, version, context),
  };
}

/** A pattern with a variable that is not in the request points at nothing. */
function pointed(texts: readonly string[] | null, version: string, context: Context): readonly Pointed[] | null {
  if (texts === null) return null;
  return texts.flatMap((given): Pointed[] => {
    const resolved = resolve(given, version, context);
    if (resolved === null) return [];
    if (resolved === 'unknown') return [{ text: given, pattern: patternOf(widest(given)), sure: false }];
    return [{ text: resolved.text, pattern: resolved.pattern, sure: true }];
  });
}

/** Every layer that must let a request through; root needs no identity policy. */
function gatesOf(request: Request, policies: Omit<Policies, 'resource'>): readonly { layer: Layer; level: number }[] {
  const gate = (layer: Layer, wanted: boolean) => (wanted ? [{ layer, level: 0 }] : []);
  const levels = (layer: Layer, depth: number) => Array.from({ length: depth }, (_, level) => ({ layer, level }));
  return [
    ...gate('identity', request.requester.kind !== 'root'),
    ...gate('boundary', policies.boundary !== null),
    ...gate('session', policies.session !== null),
    ...levels('scp', scpsBind(request) ? policies.scps.length : 0),
    ...levels('rcp', rcpsBind(request) ? policies.rcps.length : 0),
  ];
}

function allowedParts(one: Held, allow: Speaking): readonly Held[] {
  const part = (region: Region | null, sure: boolean): Held[] => {
    const holds = one.holds === true && allow.holds === true && sure ? true : 'unknown';
    return region === null ? [] : [{ ...region, holds, by: [...one.by, allow.deciding] }];
  };
  if (allow.notResources !== null) return part(...lessAll(one, allow.notResources));
  if (allow.resources === null) return part(one, true);
  return allow.resources.flatMap((pattern) => part(restricted(one, pattern), pattern.sure));
}

/** A region without all of the patterns; not sure when one that nobody is sure of may take the rest whole. */
function lessAll(region: Region, patterns: readonly Pointed[]): [Region | null, boolean] {
  const sure = patterns.filter((one) => one.sure);
  const left = sure.reduce<Region | null>((rest, one) => (rest === null ? null : without(rest, one)), region);
  const unsure = patterns.some((one) => !one.sure && left !== null && isInside(left, one));
  return [left, !unsure];
}

/** Regions that say the same become one; the one that surely holds wins. */
function merged(held: readonly Held[]): readonly Held[] {
  if (held.length < 2) return held;
  const byPlace = new Map<string, Held>();
  for (const one of held) {
    const place = JSON.stringify([
      one.within.map(({ text }) => text).sort(),
      one.except.map(({ text }) => text).sort(),
    ]);
    const known = byPlace.get(place);
    if (known === undefined || (known.holds === 'unknown' && one.holds === true)) byPlace.set(place, one);
  }
  return [...byPlace.values()];
}

function lessDenied(held: readonly Held[], denies: readonly Speaking[], asked: string): Omit<Authority, 'granted'> {
  let left = held;
  const blocked: Deciding[] = [];
  for (const deny of denies) {
    const next = left.flatMap((one) => deniedParts(one, deny));
    if (next.length !== left.length || next.some((one, index) => one !== left[index])) blocked.push(deny.deciding);
    left = next;
  }
  const verdict = left.some(({ holds }) => holds === true) ? 'allowed' : left.length > 0 ? 'conditional' : 'denied';
  return { verdict, grants: left.map((one) => grantOf(one, asked)), blocked, lacks: null };
}

/** What a Deny leaves of a region; one that may not hold only makes unsure what it would take away whole. */
function deniedParts(one: Held, deny: Speaking): readonly Held[] {
  const all = deny.resources === null && deny.notResources === null;
  if (deny.holds === 'unknown') return [all || mayTakeAll(one, deny) ? unsure(one) : one];
  if (all) return [];
  if (deny.notResources !== null) return spared(one, deny.notResources);
  const [left, sure] = lessAll(one, deny.resources ?? []);
  if (left === null) return [];
  const rest = left === one ? one : { ...one, ...left };
  return [sure ? rest : unsure(rest)];
}

/** A Deny of NotResource leaves only what it names. */
function spared(one: Held, patterns: readonly Pointed[]): readonly Held[] {
  return patterns.flatMap((pattern) => {
    const left = restricted(one, pattern);
    if (left === null) return [];
    const rest = left === one ? one : { ...one, ...left };
    return [pattern.sure ? rest : unsure(rest)];
  });
}

function mayTakeAll(one: Region, deny: Speaking): boolean {
  if (deny.notResources !== null)
    return !deny.notResources.some((pattern) => pattern.sure && restricted(one, pattern) !== null);
  return deny.resources?.some((pattern) => isInside(one, pattern)) ?? true;
}

function unsure(one: Held): Held {
  return one.holds === 'unknown' ? one : { ...one, holds: 'unknown' };
}

/** The pattern that was asked for is told only where nothing narrower was said. */
function grantOf({ within, except, holds, by }: Held, asked: string): Grant {
  const said = within.map(({ text }) => text).filter((text) => text !== asked);
  return { within: said.length === 0 ? [asked] : said, except: except.map(({ text }) => text), holds, by };
}
