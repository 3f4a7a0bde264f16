import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQuestion } from '../../queries/question.ts';
import { comparable, type FixtureAnswers, openFixture, openWith } from './fixture_answers.ts';
import type { Given } from './fixture_lake.ts';
import { assumeRoleChains } from './second_opinion/assume_role_chains.ts';
import type { Opinion } from './second_opinion/given_rows.ts';
import { blastRadius, chokePoints, workloadIdentityPaths } from './second_opinion/paths.ts';

const opinions: readonly (readonly [string, Opinion])[] = [
  ['assume_role_chains', assumeRoleChains],
  ['blast_radius', blastRadius],
  ['choke_points', chokePoints],
  ['workload_identity_paths', workloadIdentityPaths],
];

describe.each(opinions)('B5, B6: what %s expects', (name, opinion) => {
  let opened: FixtureAnswers;
  beforeAll(async () => {
    opened = await openFixture(`queries/questions/${name}.sql`, parseQuestion);
  });
  afterAll(() => opened?.close());

  test('is what the given rows say without any SQL', () => {
    const { fixture, question } = opened;
    for (const { name, parameters, expected } of fixture.cases)
      expect(comparable(opinion(fixture.given, parameters), question), name).toEqual(comparable(expected, question));
  });
});

/** A few roles of two accounts that trust each other at random, one account a snapshot. */
const trusts = fc.record({
  from: fc.integer({ min: 0, max: 5 }),
  to: fc.integer({ min: 0, max: 5 }),
  isOpen: fc.boolean(),
});
const arnOf = (index: number): string => `arn:aws:iam::${index < 3 ? '111111111111' : '222222222222'}:role/r${index}`;

function givenAt(snapshot_date: string, edges: readonly { from: number; to: number; isOpen: boolean }[]): Given {
  const granted = (index: number, when_named: boolean) => ({
    ...{ snapshot_date, principal_arn: arnOf(index), when_named, turn: 1 },
    ...{ role_patterns: ['*'], spared_patterns: [], is_conditional: false },
  });
  const all = [0, 1, 2, 3, 4, 5];
  return {
    // All but the last ask for any role by policies of their own.
    assume_role_grants: [
      ...all.slice(0, -1).map((one) => granted(one, false)),
      ...all.map((one) => granted(one, true)),
    ],
    trust_edges: edges.map(({ from, to, isOpen }) => ({
      ...{ snapshot_date, role_arn: arnOf(to), trusted_kind: 'principal', trusted: arnOf(from) },
      is_cross_account: from < 3 !== to < 3,
      kept_out: false,
      condition: isOpen ? null : '{}',
    })),
  };
}

test('B6: chains of a dozen random organizations are the best of all chains there are', async () => {
  const organizations = fc.sample(fc.array(trusts, { minLength: 3, maxLength: 14 }), { numRuns: 12, seed: 20260105 });
  const dates = organizations.map((_, index) => `2026-01-${String(index + 1).padStart(2, '0')}`);
  const all = organizations.map((edges, index) => givenAt(dates[index]!, edges));
  const given = Object.fromEntries(
    ['assume_role_grants', 'trust_edges'].map((table) => [table, all.flatMap((one) => one[table]!)]),
  );
  const opened = await openWith({ given, cases: [] }, 'queries/questions/assume_role_chains.sql', parseQuestion);
  for (const snapshot of dates) {
    const { rows } = await opened.answer({ snapshot });
    expect(comparable(rows, opened.question), snapshot).toEqual(assumeRoleChains(given, { snapshot }));
  }
  await opened.close();
});
