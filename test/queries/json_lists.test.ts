import { describe, expect, test } from 'vitest';
import { ContractError } from '../../errors.ts';
import type { ResultColumns } from '../../queries/engine.ts';
import { readJsonLists, withJsonLists } from '../../queries/json_lists.ts';
import { loadMetrics, loadQuestions, loadRules } from '../../queries/question.ts';
import { tokens } from '../../queries/tokens.ts';

const columns: ResultColumns = [
  { name: 'role', type: 'varchar' },
  { name: 'actions', type: 'array(varchar)' },
];
const compact = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim();

describe('C7 lists are asked as JSON, because Athena prints [a, b] of one element and of two alike', () => {
  test.each([
    [
      'a plain column',
      'select role, actions from t order by actions',
      'select role, actions, json_format(cast(actions as json)) as "actions as JSON" from t order by actions',
    ],
    [
      'an expression with a name, brackets and a cast',
      "select max(t.role) as role, array_agg(cast(a as varchar) order by a) || array['x, y'] as actions from t group by b",
      "select max(t.role) as role, array_agg(cast(a as varchar) order by a) || array['x, y'] as actions, json_format(cast(array_agg(cast(a as varchar) order by a) || array['x, y'] as json)) as \"actions as JSON\" from t group by b",
    ],
    [
      'the outermost select alone',
      'with u as (select role, x from t) select u.role, (select x from v) as actions from u',
      'with u as (select role, x from t) select u.role, (select x from v) as actions, json_format(cast((select x from v) as json)) as "actions as JSON" from u',
    ],
  ])('%s', (_, sql, expected) => {
    expect(compact(withJsonLists(sql, columns))).toBe(expected);
  });

  test('an answer without lists is asked as it is', () => {
    expect(withJsonLists('select * from t', columns.slice(0, 1))).toBe('select * from t');
    expect(withJsonLists('select * from t', [])).toBe('select * from t');
  });

  test('a select that does not list its columns is refused', () => {
    expect(() => withJsonLists('select * from t', columns)).toThrow(ContractError);
    expect(() => withJsonLists('select role, actions', columns)).toThrow(/must list the columns role, actions/);
  });

  const saved = [...loadQuestions(), ...loadRules(), ...loadMetrics()];

  test.each(saved.map((question) => [question.path, question] as const))('%s can be asked so', (_, question) => {
    const lists = question.columns
      .filter(({ type }) => type === 'array(varchar)')
      .map(({ name }) => `"${name} as JSON"`);
    const asked = tokens(withJsonLists(question.body, question.columns)).map(({ text }) => text);
    expect(asked.filter((text) => text.endsWith(' as JSON"'))).toEqual(lists);
  });

  test.each([
    [
      'elements that hold commas, quotes and nothing',
      '["a, b","","say \\"x\\"","null"]',
      ['a, b', '', 'say "x"', 'null'],
    ],
    ['no elements', '[]', []],
    ['NULL', null, null],
  ])('is read back exactly: %s', (_, json, expected) => {
    const answered = {
      columns: [...columns, { name: 'actions as JSON', type: 'varchar' as const }],
      rows: [{ role: 'r', actions: '[whatever]', 'actions as JSON': json }],
    };
    expect(readJsonLists(answered, columns)).toEqual({ columns, rows: [{ role: 'r', actions: expected }] });
  });

  test('a list that holds NULL is refused, as the embedded engine refuses it', () => {
    const rows = [{ role: 'r', actions: '[null]', 'actions as JSON': '[null]' }];
    expect(() => readJsonLists({ columns, rows }, columns)).toThrow(/Column actions: a list holds NULL/);
  });
});
