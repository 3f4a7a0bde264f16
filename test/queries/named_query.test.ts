import { describe, expect, test } from 'vitest';
import { ContractError } from '../../errors.ts';
import { namedQueries, namedQuery } from '../../queries/named_query.ts';
import { parseQuestion } from '../../queries/question.ts';
import { openFixture, saved } from './fixture_answers.ts';

const asking = (body: string, parameters: string) =>
  parseQuestion(
    `-- title: Asked\n-- answers: C7. Is it so?\n-- parameters:\n--   p: ${parameters}\n-- columns: {a: varchar}\n${body}`,
    'queries/questions/asked.sql',
  );

const newest = '(select max(snapshot_date) from snapshots)';

describe('C7 a query that Athena keeps by name', () => {
  test.each([
    ['the newest snapshot', '{type: snapshot, default: latest}', newest],
    [
      'the one before',
      '{type: snapshot, default: previous}',
      `(select max(snapshot_date) from snapshots where snapshot_date < ${newest})`,
    ],
    ['all snapshots', '{type: snapshots, default: all}', 'select snapshot_date from snapshots'],
    ['a number', '{type: integer, default: 2}', '2'],
    ['text', "{type: text, default: 'it''s'}", "'it''s'"],
  ])('finds %s when it runs', (_, parameter, expected) => {
    expect(namedQuery('question', asking('select 1 in (:p)', parameter))).toEqual({
      name: 'question_asked',
      description: 'Asked. C7. Is it so?',
      sql: `select 1 in (${expected})`,
    });
  });

  test('one that is longer than Athena takes is refused with its file', () => {
    const long = asking(`select ':${'é'.repeat(131_072)}', :p`, '{type: integer, default: 2}');
    expect(() => namedQuery('question', long)).toThrow(ContractError);
    expect(() => namedQuery('question', long)).toThrow(/asked\.sql has 262\d{3} bytes/);
  });

  test('there is one for every question, rule and metric, each with a name of its own', () => {
    const names = namedQueries().map(({ name }) => name);
    expect(new Set(names).size).toBe(saved.length);
    expect(names).toEqual(expect.arrayContaining(['question_open_findings', 'finding_dormant_role', 'trend_roles']));
  });

  test.each(saved.filter(([row]) => row === 'C7'))(
    '%s %s answers what the question does by default',
    async (_, path, parse) => {
      const { question, answer, close } = await openFixture(path, parse);
      try {
        expect(await answer({}, namedQuery('question', question).sql)).toEqual(await answer({}));
      } finally {
        await close();
      }
    },
  );
});
