import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { parseQuestion } from '../../queries/question.ts';
import { render } from '../../queries/render.ts';
import { tokens } from '../../queries/tokens.ts';

const dates = ['2026-01-05', '2026-01-12', '2026-01-19'];

const asking = (body: string, ...parameters: readonly string[]) =>
  parseQuestion(
    `-- title: Asked\n-- answers: C7\n-- parameters:\n${parameters.map((line) => `--   ${line}\n`).join('')}-- columns: {a: varchar}\n${body}`,
    'queries/questions/asked.sql',
  );

const day = asking('select :day', 'day: {type: snapshot, default: latest}');
const days = asking('select 1 in (:days)', 'days: {type: snapshots, default: all}');
const count = asking('select 3 -:count', 'count: {type: integer}');
const word = asking('select :word as x', 'word: {type: text}');

describe('C7 parameters become literals', () => {
  test.each([
    ['a snapshot by default', day, {}, "select '2026-01-19'"],
    ['the latest snapshot', day, { day: 'latest' }, "select '2026-01-19'"],
    ['the one before', day, { day: 'previous' }, "select '2026-01-12'"],
    ['a date', day, { day: '2026-01-05' }, "select '2026-01-05'"],
    ['all snapshots', days, {}, "select 1 in ('2026-01-05', '2026-01-12', '2026-01-19')"],
    ['some snapshots', days, { days: '2026-01-05, latest' }, "select 1 in ('2026-01-05', '2026-01-19')"],
    ['a number', count, { count: '7' }, 'select 3 -7'],
    ['a negative number, which must not make a comment', count, { count: '-7' }, 'select 3 -(-7)'],
    ['text, its quotes doubled', word, { word: "it's" }, "select 'it''s' as x"],
  ])('%s', (_, question, parameters, expected) => {
    expect(render(question, parameters, dates)).toBe(expected);
  });

  test('only where SQL reads code', () => {
    const body = `select ':w', ":w", cast(a as varchar)::varchar, :w -- :w\n/* :w */ from t where a=:w and b = 'it''s :w'`;
    expect(render(asking(body, 'w: {type: text}'), { w: 'X' }, dates)).toBe(
      `select ':w', ":w", cast(a as varchar)::varchar, 'X' -- :w\n/* :w */ from t where a='X' and b = 'it''s :w'`,
    );
  });

  test.each([
    [
      'a date without snapshot',
      day,
      { day: '2026-01-06' },
      /no snapshot "2026-01-06".*2026-01-05, 2026-01-12, 2026-01-19/,
    ],
    ['a date that is SQL', day, { day: "2026-01-05' or '1'='1" }, /no snapshot/],
    ['no date in a list', days, { days: '' }, /no snapshot ""/],
    ['all among others', days, { days: 'all,latest' }, /no snapshot "all"/],
    ['a number that is none', count, { count: '1; drop' }, /count: "1; drop" is not a whole number/],
    ['a fraction', count, { count: '1.5' }, /not a whole number/],
    ['a control character', word, { word: 'a\u0000b' }, /control character/],
    ['half a character', word, { word: 'a\ud800b' }, /half a character/],
    ['an unknown name', day, { month: '1' }, /asked has no parameter "month". It takes day/],
    ['a missing value', count, {}, /asked needs the parameter "count". It takes count/],
  ])('refused with exit code 2: %s', (_, question, parameters, message) => {
    const act = () => render(question, parameters as Record<string, string>, dates);
    expect(act).toThrow(UsageError);
    expect(act).toThrow(message);
  });

  test('previous, when there is only one snapshot, says so', () => {
    expect(() => render(day, { day: 'previous' }, ['2026-01-05'])).toThrow(/only one snapshot \(2026-01-05\)/);
  });

  test('without any snapshot, says how to make one', () => {
    expect(() => render(day, {}, [])).toThrow(/There is no snapshot yet/);
    expect(() => render(days, {}, [])).toThrow(/There is no snapshot yet/);
  });
});

describe('C7 hostile text stays in its literal', () => {
  test('DuckDB reads back exactly what was given', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const hostile = fc.constantFrom(
      "'",
      "''",
      '--',
      '/*',
      '*/',
      ';',
      '\\',
      "\\'",
      '"',
      '$$',
      ':word',
      '::',
      'select 1',
      '%',
      '\u2028',
    );
    const given = fc
      .array(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), { maxLength: 8 })
      .map((parts) => parts.join(''))
      .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
    await fc.assert(
      fc.asyncProperty(given, async (value) => {
        const reader = await connection.runAndReadAll(render(word, { word: value }, dates));
        expect(reader.getRows()).toEqual([[value]]);
      }),
      { numRuns: 300, seed: 1 },
    );
    connection.closeSync();
  });

  test('tokens joined again are the text they were cut from', () => {
    const sql = fc
      .array(fc.constantFrom("'", '"', '-', '/', '*', ':', 'a', '1', '\n', ' ', '(', '>'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(sql, (text) => {
        expect(
          tokens(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
      { seed: 1 },
    );
  });
});
