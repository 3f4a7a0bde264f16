import { expansionOf, knownActions } from './action_catalogue.ts';
import { isFullResource } from './breadth.ts';
import type { Subject } from './capabilities/inventory.ts';
import { scpsBind } from './guardrails.ts';
import type { Levels, NamedPolicy } from './policies.ts';
import type { PolicyDocument, Statement } from './policy.ts';

/** How an action is granted; both may be. */
const BY_NAME = 1;
export const BY_WILDCARD = 2;

export interface GrantedActions {
  /** How each action of the catalogue is granted, by its place; 0 when it is not. */
  readonly marks: Uint8Array;
  /** Services that policies name, in lower case. Wildcards and NotAction grant in others. */
  readonly services: ReadonlySet<string>;
  /** Whether a wildcard or NotAction may grant in services that no policy names. */
  readonly reachesOut: boolean;
  /** Action patterns that grant something which the catalogue does not know. */
  readonly unknown: readonly string[];
  /** False when a policy was not read or not understood: it may grant anything. */
  readonly isKnown: boolean;
}

/**
 * Actions that a principal is granted at most, each on some resource or other.
 * Counted: what an Allow of its attached policies (default version) and inline policies names, whatever its Resource and
 * Condition, NotAction as the complement; less what a Deny without Condition on Resource `*` names; less what its
 * permissions boundary, or a level of the SCPs that bind it, allows nowhere or denies in this way.
 * Not counted: policies of resources, RCPs, sessions, and any other Deny. A boundary or SCP that was not read or not
 * understood takes nothing away.
 * Page: Policy evaluation logic: effective permissions are what all layers have in common.
 * @param marks what they are written to; whoever asks for thousands gives the same each time
 */
export function grantedTo(
  { requester, policies }: Subject,
  marks = new Uint8Array(knownActions.length),
): GrantedActions {
  const { identity, boundary } = policies;
  const above: Levels = [...(boundary === null ? [] : [[boundary]]), ...(scpsBind({ requester }) ? policies.scps : [])];
  const said = identity.map(({ document }) => saidBy(document));
  write(marks, said, above.map(capOf));
  const reachesOut = said.some((one) => one.reachesOut);
  const naming = reachesOut ? [...said, ...above.flat().map(({ document }) => saidBy(document))] : said;
  return {
    marks,
    services: new Set(naming.flatMap(({ services }) => services)),
    reachesOut,
    unknown: said.flatMap(({ unknown }) => unknown),
    isKnown: said.every(({ isKnown }) => isKnown),
  };
}

/** Patterns that could mean nothing which the catalogue knows: a misspelt name, or a service that is new. */
export const unknownActions = ({ actions, notActions }: Pick<Statement, 'actions' | 'notActions'>): readonly string[] =>
  [...(actions ?? []), ...(notActions ?? [])].filter(isUnknown);

const isUnknown = (pattern: string): boolean => expansionOf(pattern).places.length === 0;

/** What a policy says of actions, whatever the resource. */
interface Said extends Omit<GrantedActions, 'marks' | 'services'> {
  readonly grants: readonly Grants[];
  readonly denies: readonly Grants[];
  readonly services: readonly string[];
}

interface Grants {
  readonly places: Uint32Array;
  readonly how: number;
}

const known = new WeakMap<PolicyDocument, Said>();

/** Looked up once: principals by the thousand share a policy. */
function saidBy(document: PolicyDocument): Said {
  const before = known.get(document);
  if (before !== undefined) return before;
  const { statements } = document;
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const patterns = allows.flatMap(({ actions }) => actions ?? []);
  const services = patterns.map((pattern) => expansionOf(pattern).service);
  const said = {
    grants: allows.flatMap(grantsOf),
    denies: statements.filter(deniesOnAll).flatMap(grantsOf),
    services: [...new Set(services.flatMap((service) => service ?? []))],
    reachesOut: services.includes(null) || allows.some(({ notActions }) => notActions !== null),
    unknown: patterns.filter(isUnknown),
    isKnown: statements.every(({ effect }) => effect !== 'unknown'),
  };
  known.set(document, said);
  return said;
}

const deniesOnAll = ({ effect, conditions, resources }: Statement): boolean =>
  effect === 'Deny' && conditions.length === 0 && (resources?.some(isFullResource) ?? false);

function grantsOf({ actions, notActions }: Statement): readonly Grants[] {
  if (notActions !== null) return [{ places: complementOf(notActions), how: BY_WILDCARD }];
  return (actions ?? []).map((pattern) => ({
    places: expansionOf(pattern).places,
    how: /[*?]/.test(pattern) ? BY_WILDCARD : BY_NAME,
  }));
}

/** Few lists stand after NotAction, in policies by the hundred; each takes 88 kB. */
const complements = new Map<string, Uint32Array>();
const MOST_COMPLEMENTS = 100;

function complementOf(patterns: readonly string[]): Uint32Array {
  const key = patterns.join('\n');
  const places = complements.get(key) ?? everythingBut(patterns);
  if (complements.size >= MOST_COMPLEMENTS) complements.clear();
  complements.set(key, places);
  return places;
}

function everythingBut(patterns: readonly string[]): Uint32Array {
  const named = new Set(patterns.flatMap((pattern) => [...expansionOf(pattern).places]));
  return new Uint32Array(knownActions.length).map((_, at) => at).filter((at) => !named.has(at));
}

/** What policies of a principal grant together, as far as all that caps them lets it through. */
function write(marks: Uint8Array, said: readonly Said[], caps: readonly Uint8Array[]): void {
  marks.fill(0);
  for (const { grants } of said) for (const { places, how } of grants) grant(marks, places, how, caps);
  for (const { denies } of said) for (const { places } of denies) for (const place of places) marks[place] = 0;
}

function grant(marks: Uint8Array, places: Uint32Array, how: number, caps: readonly Uint8Array[]): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    if (caps.length === 0 || caps.every((cap) => cap[place] !== 0)) marks[place]! |= how;
  }
}

const caps = new WeakMap<object, Uint8Array>();

/** What a boundary or a level of SCPs lets through, action by action; principals by the thousand have the same ones. */
function capOf(policies: readonly NamedPolicy[]): Uint8Array {
  const key = policies.length === 1 ? policies[0]!.document : policies;
  const before = caps.get(key);
  if (before !== undefined) return before;
  const said = policies.map(({ document }) => saidBy(document));
  const cap = new Uint8Array(knownActions.length);
  if (said.every(({ isKnown }) => isKnown)) write(cap, said, []);
  else cap.fill(1);
  caps.set(key, cap);
  return cap;
}
