import { actionsByService } from './actions.generated.ts';
import { isFullAction } from './breadth.ts';
import { matches, patternOf } from './match.ts';

export interface KnownAction {
  readonly service: string;
  readonly name: string;
  /** Whether it changes something: its access level is Write, Tagging or Permissions management. */
  readonly isWrite: boolean;
}

/** Places from `start` up to, not including, `end`. */
export interface Places {
  readonly start: number;
  readonly end: number;
}

/** Every action that AWS documents; those of a service stand together. Page: Service Authorization Reference. */
export const knownActions: readonly KnownAction[] = actionsByService.flatMap(([service, reading, writing]) => [
  ...actionsOf(service, reading, false),
  ...actionsOf(service, writing, true),
]);

/** Where the actions of a service stand, by its prefix. */
export const knownServices: ReadonlyMap<string, Places> = placesByService();

function actionsOf(service: string, names: string, isWrite: boolean): readonly KnownAction[] {
  return names === '' ? [] : names.split(' ').map((name) => ({ service, name, isWrite }));
}

function placesByService(): ReadonlyMap<string, Places> {
  const found = new Map<string, Places>();
  knownActions.forEach(({ service }, at) => {
    found.set(service, { start: found.get(service)?.start ?? at, end: at + 1 });
  });
  return found;
}

/** What an action pattern of a policy stands for. */
export interface Expansion {
  /** The service that it names, in lower case; null when it may reach across services. */
  readonly service: string | null;
  /** Places of the actions that it matches; none when the catalogue does not know what it means. */
  readonly places: Uint32Array;
}

const known = new Map<string, Expansion>();
let remembered = 0;
/** Places that are kept for all patterns together, 8 MB of them; beyond, memory matters more than time. */
const MOST_REMEMBERED = 2_000_000;

/** Looks each pattern up once: roles by the thousand use the same ones. */
export function expansionOf(pattern: string): Expansion {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const found = expanded(pattern.toLowerCase());
  if (remembered > MOST_REMEMBERED) {
    known.clear();
    remembered = 0;
  }
  known.set(pattern, found);
  remembered += found.places.length + 1;
  return found;
}

function expanded(pattern: string): Expansion {
  if (isFullAction(pattern)) return { service: null, places: new Uint32Array(knownActions.length).map((_, at) => at) };
  const colon = pattern.indexOf(':');
  const service = pattern.slice(0, Math.max(colon, 0));
  // Without a colon a wildcard may stand for it too.
  const within = colon < 0 ? [EVERYWHERE] : servicesNamed(service);
  const places = within.flatMap((range) => placesNamed(pattern, range));
  return { service: colon < 0 || isWild(service) ? null : service, places: Uint32Array.from(places) };
}

const EVERYWHERE: Places = { start: 0, end: knownActions.length };
const texts: readonly string[] = knownActions.map(({ service, name }) => `${service}:${name.toLowerCase()}`);

const isWild = (text: string): boolean => /[*?]/.test(text);

function servicesNamed(pattern: string): readonly Places[] {
  if (!isWild(pattern)) return [knownServices.get(pattern) ?? []].flat();
  return [...knownServices].flatMap(([service, places]) => (matches(patternOf(pattern), service) ? [places] : []));
}

/** A bit for each character that a text has; most texts lack one that a pattern wants, and need no closer look. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

const lettersOfTexts: Int32Array = Int32Array.from(texts, lettersOf);

function placesNamed(pattern: string, { start, end }: Places): number[] {
  const wanted = patternOf(pattern);
  const letters = lettersOf(pattern.replace(/[*?]/g, ''));
  const places: number[] = [];
  for (let at = start; at < end; at++) {
    const mayMatch = (lettersOfTexts[at]! & letters) === letters;
    if (mayMatch && matches(wanted, texts[at]!)) places.push(at);
  }
  return places;
}
