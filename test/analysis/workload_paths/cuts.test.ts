import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathCutRows } from '../../../analysis/workload_paths/cuts.ts';
import type { WorkloadPath } from '../../../analysis/workload_paths/row.ts';
import { ACCOUNT } from '../given_account.ts';

/** A path in short: who, as which role, by which statements (`policy 0`), for how many roles. */
interface Given {
  readonly who: string;
  readonly role: string;
  readonly by: readonly string[];
  readonly roles?: number;
  readonly verdict?: string;
}

function pathOf({ who, role, by, roles = 1, verdict = 'risk_possible' }: Given): WorkloadPath {
  const places = by.map((one) => ({ policy_id: one.split(' ')[0], position: Number(one.split(' ')[1]) }));
  const steps = [{ action: 'token', on: [], by: null }, ...places.map((place) => ({ action: 'x', on: [], by: place }))];
  return {
    ...{ account_id: ACCOUNT, region: 'global', principal_arn: who, method: 'm', role_arn: role, role_count: roles },
    ...{ verdict, steps: JSON.stringify(steps), functions: [], function_count: 0, gained: [] },
    ...{ missing_step: null, conditions: null },
  };
}

/** The order in short: edge, paths through it, principals, cut at its turn. */
const order = (...given: readonly Given[]) =>
  pathCutRows(ACCOUNT, given.map(pathOf)).map(({ edge, paths, principals, cut }) => [edge, paths, principals, cut]);

describe('B5: the order in which edges of paths are best taken away', () => {
  test('the statement of most paths, then what it leaves', () =>
    expect(
      order(
        { who: 'ann', role: 'admin', by: ['deploy 0'] },
        { who: 'bob', role: 'admin', by: ['deploy 0'] },
        { who: 'bob', role: 'secrets', by: ['deploy 0'] },
        { who: 'cyd', role: 'admin', by: ['own 0'] },
      ),
    ).toEqual([
      ['admin', 3, 3, 3],
      ['deploy statement 0', 3, 2, 1],
      ['secrets', 1, 1, 0],
      ['own statement 0', 1, 1, 0],
    ]));

  test('a statement that allows two steps carries a path once; a pipeline’s token is no edge', () =>
    expect(order({ who: 'ann', role: 'r', by: ['p 0', 'p 0', 'p 1'] })).toEqual([
      ['r', 1, 1, 1],
      ['p statement 0', 1, 1, 0],
      ['p statement 1', 1, 1, 0],
    ]));

  test('a row of many roles goes through its statement with all, and through the role that it names once', () =>
    expect(order({ who: 'ann', role: 'r', by: ['p 0'], roles: 30 })).toEqual([
      ['p statement 0', 30, 1, 30],
      ['r', 1, 1, 0],
    ]));

  test('reduced paths do not count', () =>
    expect(order({ who: 'ann', role: 'r', by: ['p 0'], verdict: 'path_reduced' })).toEqual([]));

  test('no paths, no edges', () => expect(order()).toEqual([]));
});

/** Small accounts: up to seven statements and roles. */
const small: fc.Arbitrary<readonly Given[]> = fc.array(
  fc.record({
    who: fc.constantFrom('a', 'b', 'c'),
    role: fc.constantFrom('r', 's', 't'),
    by: fc.uniqueArray(fc.constantFrom('p 0', 'p 1', 'q 0', 'q 1'), { minLength: 1, maxLength: 3 }),
    roles: fc.constantFrom(1, 1, 1, 2, 25),
  }),
  { minLength: 1, maxLength: 9 },
);
const graphs = fc.sample(small, { numRuns: 400, seed: 20260105 });

/** Told by the paths alone: what is cut when these edges are taken away. */
function cutBy(given: readonly Given[], edges: readonly string[]): number {
  return given.reduce((sum, { role, by, roles = 1 }) => {
    if (by.some((one) => edges.includes(one))) return sum + roles;
    return edges.includes(role) ? sum + 1 : sum;
  }, 0);
}

const named = ({ edge }: { readonly edge: string }): string => edge.replace(' statement ', ' ');
const subsets = (edges: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: 2 ** edges.length }, (_, chosen) => edges.filter((_edge, index) => (chosen >> index) & 1));

describe('B5: against every choice of edges of 400 small accounts', () => {
  const each = graphs.map((given) => ({ given, rows: pathCutRows(ACCOUNT, given.map(pathOf)) }));

  test('the first n rows cut together what their edges cut when they are taken away', () => {
    for (const { given, rows } of each)
      rows.forEach((_, index) => {
        const first = rows.slice(0, index + 1);
        expect(first.reduce((sum, { cut }) => sum + cut, 0)).toBe(cutBy(given, first.map(named)));
      });
  });

  test('no other edge cuts more at its turn', () => {
    for (const { given, rows } of each)
      rows.forEach(({ cut }, index) => {
        const [before, after] = [rows.slice(0, index).map(named), rows.slice(index).map(named)];
        const best = Math.max(...after.map((edge) => cutBy(given, [...before, edge]) - cutBy(given, before)));
        expect(cut).toBe(best);
      });
  });

  test('n edges cut at least 63 % of what the best n do, and in nine accounts of ten as much for every n', () => {
    const ratios = each.map(({ given, rows }) => {
      const all = subsets(rows.map(named));
      const best = (n: number) =>
        Math.max(...all.filter((some) => some.length === n).map((some) => cutBy(given, some)));
      return Math.min(...rows.map((_, index) => cutBy(given, rows.slice(0, index + 1).map(named)) / best(index + 1)));
    });
    expect(Math.min(...ratios)).toBeGreaterThan(1 - 1 / Math.E);
    expect(ratios.filter((ratio) => ratio === 1).length / ratios.length).toBeGreaterThan(0.9);
  });

  test('all paths are cut by the fewest edges in most, and by one more in the rest', () => {
    const extra = each.map(({ given, rows }) => {
      const total = cutBy(given, rows.map(named));
      const fewest = Math.min(
        ...subsets(rows.map(named))
          .filter((some) => cutBy(given, some) === total)
          .map((some) => some.length),
      );
      return rows.filter(({ cut }) => cut > 0).length - fewest;
    });
    expect([...new Set(extra)].sort()).toEqual([0, 1]);
    expect(extra.filter((more) => more === 0).length / extra.length).toBeGreaterThan(0.9);
  });
});
