import { describe, expect, test } from 'vitest';
import type { ResultRow } from '../../queries/engine.ts';
import { paths } from '../../report/sections/paths.ts';
import { reportData, result } from './answers.ts';

const path = (values: ResultRow = {}): ResultRow => ({
  principal_arn: 'arn:aws:iam::111111111111:user/ann',
  permission_set: null,
  account_id: '111111111111',
  method: 'UpdateFunctionCode',
  role_arn: 'arn:aws:iam::111111111111:role/worker',
  verdict: 'risk_possible',
  gained: ['read_secrets'],
  missing_step: null,
  role_count: 1,
  ...values,
});

const drawn = (...rows: readonly ResultRow[]): string =>
  paths(reportData({ workload_identity_paths: result(...rows) })).markup;
const words = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const lines = (markup: string) => markup.split('<li ').slice(1);

describe('paths, drawn (B5, D6)', () => {
  test('principal, control, role and authority in one line; several methods share it', () => {
    const markup = drawn(path(), path({ method: 'AddPermission' }));
    expect(lines(markup)).toHaveLength(1);
    expect(words(markup)).toContain(
      'account 111111111111 ann risk possible UpdateFunctionCode and AddPermission role worker may read secrets',
    );
  });

  test('a missing step is a broken line that says what is missing', () => {
    const markup = drawn(path({ verdict: 'path_reduced', missing_step: 'iam:PassRole' }));
    expect(markup).toContain('M0 5H12M26 5H38');
    expect(words(markup)).toContain('path reduced UpdateFunctionCode missing: iam:PassRole role worker');
    expect(drawn(path())).not.toContain('missing:');
  });

  test('the three changes that cut most, and how much they cut together', () => {
    const edge = (name: string, cut: number, cut_so_far_pct: number): ResultRow => ({
      ...{ kind: 'statement', edge: name, account_id: '1', paths: cut, principals: 1, cut, cut_so_far_pct },
    });
    const rows = [edge('deploy statement 0', 6, 60), edge('own statement 1', 3, 90), edge('none', 0, 90)];
    const cutting = (...some: readonly ResultRow[]) =>
      words(paths(reportData({ workload_identity_paths: result(path()), choke_points: result(...some) })).markup);
    expect(cutting(...rows)).toContain('2 changes would cut 90 % of the paths that work');
    expect(cutting(...rows)).toContain('statement deploy statement 0 account 1 statement own statement 1 account 1');
    expect(cutting()).not.toContain('would cut');
  });

  test('permission sets by name, roles that stand for others, many gains', () => {
    const gained = ['admin', 'b', 'c', 'd', 'e', 'f'];
    const text = words(drawn(path({ permission_set: 'Developer', role_count: 31, gained })));
    expect(text).toContain('permission set Developer');
    expect(text).toContain('worker and 30 other roles');
    expect(text).toContain('may do anything, b, c, d and 2 more');
  });

  test('ten lines, two of them kept for paths that are cut; the rest is in the table', () => {
    const some = Array.from({ length: 12 }, (_, index) => path({ role_arn: `role-${index}` }));
    const cut = [1, 2, 3].map((index) =>
      path({ role_arn: `cut-${index}`, verdict: 'path_reduced', missing_step: 'x' }),
    );
    const markup = drawn(...some, ...cut);
    expect(lines(markup)).toHaveLength(10);
    expect(markup.match(/class="path-path_reduced"/g)).toHaveLength(2);
    expect(words(markup)).toContain('And 5 more paths');
    expect(lines(drawn(...some))).toHaveLength(10);
    expect(lines(drawn(...cut))).toHaveLength(3);
  });

  test('none says what none means; names are text', () => {
    expect(drawn()).toContain('No paths: nobody');
    expect(drawn(path({ method: '<img src=x>', missing_step: '<img src=x>' }))).not.toContain('<img');
  });
});
