import { isObject, type Json, type JsonObject, placeOf, quoted, withoutSpace } from './json_text.ts';
import type { Condition, DocumentKind, Principal, PrincipalKind, Statement } from './policy.ts';

interface Place {
  readonly position: number;
  /** Text of the whole document. */
  readonly text: string;
  readonly kind: DocumentKind;
}

/** What makes a statement impossible to understand. */
class Unclear extends Error {}

/** A statement that may say anything: nobody can tell. */
export function unknownStatement(position: number, problem: string): Statement {
  return {
    position,
    sid: null,
    effect: 'unknown',
    actions: null,
    notActions: null,
    resources: null,
    notResources: null,
    principals: null,
    notPrincipals: null,
    conditions: [],
    conditionText: null,
    problem,
  };
}

/** Members by lowercased name: AWS stores what people typed, whatever the case. */
export function byName(object: JsonObject): ReadonlyMap<string, Json> {
  return new Map([...object.members].map(([name, value]) => [name.toLowerCase(), value]));
}

/** Reads one statement; one that cannot be understood comes back as `unknown` with its place. */
export function readStatement(object: JsonObject, place: Place): Statement {
  try {
    return understood(object, place);
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    const where = `statement ${place.position} (${placeOf(place.text, object.start)})`;
    return unknownStatement(place.position, `${where}: ${error.message}`);
  }
}

function understood(object: JsonObject, place: Place): Statement {
  const members = byName(object);
  oneOf(members, 'Action', 'NotAction', true);
  oneOf(members, 'Resource', 'NotResource', place.kind === 'identity');
  oneOf(members, 'Principal', 'NotPrincipal', false);
  const condition = members.get('condition');
  const conditions = condition === undefined ? [] : readConditions(condition);
  const sid = members.get('sid');
  return {
    position: place.position,
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    effect: readEffect(members.get('effect')),
    actions: texts(members, 'Action'),
    notActions: texts(members, 'NotAction'),
    resources: texts(members, 'Resource'),
    notResources: texts(members, 'NotResource'),
    principals: readPrincipals(members.get('principal')),
    notPrincipals: readPrincipals(members.get('notprincipal')),
    conditions,
    conditionText: conditions.length > 0 && isObject(condition) ? textOf(condition, place.text) : null,
    problem: strangers(members, place),
  };
}

const ELEMENTS = 'sid effect action notaction resource notresource principal notprincipal condition'.split(' ');

/** Elements that no policy has: kept out, but said, for a misspelt Condition would widen a grant unseen. */
function strangers(members: ReadonlyMap<string, Json>, place: Place): string | null {
  const names = [...members.keys()].filter((name) => !ELEMENTS.includes(name));
  return names.length === 0 ? null : `statement ${place.position}: no such element: ${names.map(quoted).join(', ')}`;
}

function oneOf(members: ReadonlyMap<string, Json>, name: string, not: string, required: boolean): void {
  const count = [name, not].filter((one) => members.has(one.toLowerCase())).length;
  if (count > 1) throw new Unclear(`both ${name} and ${not}`);
  if (count === 0 && required) throw new Unclear(`neither ${name} nor ${not}`);
}

function readEffect(effect: Json | undefined): 'Allow' | 'Deny' {
  const found = typeof effect === 'string' ? effect.toLowerCase() : '';
  if (found === 'allow') return 'Allow';
  if (found === 'deny') return 'Deny';
  throw new Unclear('Effect is neither Allow nor Deny');
}

function texts(members: ReadonlyMap<string, Json>, name: string): readonly string[] | null {
  const value = members.get(name.toLowerCase());
  if (value === undefined) return null;
  const found = textsOf(value, name);
  if (found.some((text) => SCALAR.test(text))) throw new Unclear(`${name} is no text`);
  return found;
}

/** A number or boolean, which reading keeps as text: no action and no ARN looks like one. */
const SCALAR = /^(?:true|false|-?\d[\d.eE+-]*)$/;

function textsOf(value: Json, name: string): readonly string[] {
  const items = Array.isArray(value) ? value : [value as Json];
  return items.map((item) => {
    if (typeof item !== 'string') throw new Unclear(`${name} is no text`);
    return item;
  });
}

const KINDS: ReadonlyMap<string, PrincipalKind> = new Map([
  ['aws', 'aws'],
  ['service', 'service'],
  ['federated', 'federated'],
  ['canonicaluser', 'canonical'],
]);

/** Page: IAM JSON policy elements: Principal. */
function readPrincipals(value: Json | undefined): readonly Principal[] | null {
  if (value === undefined) return null;
  if (value === '*') return [{ kind: 'aws', value }];
  if (!isObject(value)) throw new Unclear('Principal is neither `*` nor an object');
  return [...value.members].flatMap(([name, given]) => {
    const kind = KINDS.get(name.toLowerCase());
    if (kind === undefined) throw new Unclear(`no such kind of principal: ${quoted(name)}`);
    return textsOf(given, 'Principal').map((one) => ({ kind, value: one }));
  });
}

function readConditions(block: Json): readonly Condition[] {
  if (!isObject(block)) throw new Unclear('Condition is no object');
  return [...block.members].flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new Unclear(`Condition ${quoted(operator)} is no object`);
    return [...keys.members].map(([key, value]) => ({
      operator,
      key,
      values: textsOf(value, `Condition ${quoted(key)}`),
    }));
  });
}

function textOf(object: JsonObject, text: string): string {
  return withoutSpace(text.slice(object.start, object.end));
}
