import { describe, expect, test } from 'vitest';
import type { Result } from '../../queries/engine.ts';
import { renderResult } from '../../report/result.ts';
import { result } from './answers.ts';

const wide = Number.POSITIVE_INFINITY;
const lines = (text: string) => text.split('\n');

describe('CSV (D6)', () => {
  const cellOf = (value: string | number) =>
    renderResult(result({ value }), 'csv', 0).split('\r\n').slice(1).join('\r\n');

  test('has a header, a line per row, lists joined, times as ISO 8601 and NULL as nothing', () => {
    const answer: Result = {
      columns: [
        { name: 'names', type: 'array(varchar)' },
        { name: 'at', type: 'timestamp' },
        { name: 'team', type: 'varchar' },
        { name: 'is_admin', type: 'boolean' },
        { name: 'count', type: 'bigint' },
      ],
      rows: [{ names: ['a', 'b'], at: new Date('2026-01-05T06:07:08.009Z'), team: null, is_admin: true, count: -3 }],
    };
    expect(renderResult(answer, 'csv', 0)).toBe(
      'names,at,team,is_admin,count\r\na; b,2026-01-05T06:07:08.009Z,,true,-3\r\n',
    );
  });

  test.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "x"', '"say ""x"""'],
    ['a line break', 'a\nb', '"a\nb"'],
  ])('quotes %s', (_, given, expected) => {
    expect(cellOf(given)).toBe(`${expected}\r\n`);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ])('makes the formula %j text', (given, expected) => {
    expect(cellOf(given)).toBe(`${expected}\r\n`);
  });

  test('leaves a negative number a number', () => expect(cellOf(-1)).toBe('-1\r\n'));

  test('holds no escape sequence', () => expect(cellOf('a\u001b[31m')).toBe('a\ufffd[31m\r\n'));
});

describe('JSON (C7)', () => {
  test('is an array of objects in the order of the columns, times as ISO 8601', () => {
    const text = renderResult(result({ b: 'x', a: null, at: new Date(0), list: ['y'] }), 'json', 0);
    expect(JSON.parse(text)).toEqual([{ b: 'x', a: null, at: '1970-01-01T00:00:00.000Z', list: ['y'] }]);
    expect(text.indexOf('"b"')).toBeLessThan(text.indexOf('"a"'));
  });

  test('is an empty array when there are no rows', () => {
    expect(JSON.parse(renderResult(result(), 'json', 0))).toEqual([]);
  });

  test('keeps hostile text exactly, in escapes that no terminal obeys', () => {
    const hostile = 'a\u001b[2J\u009b31m\u2028\u202e</script>';
    const text = renderResult(result({ hostile }), 'json', 0);
    expect(JSON.parse(text)).toEqual([{ hostile }]);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
  });
});

describe('the table for a terminal (C7)', () => {
  test('aligns text left and numbers right under their headings', () => {
    const answer = result({ role: 'a', functions: 12 }, { role: 'longer', functions: 3 });
    expect(lines(renderResult(answer, 'table', wide))).toEqual([
      'role    functions',
      '──────  ─────────',
      'a              12',
      'longer          3',
      '',
    ]);
  });

  test('shows NULL as a dash, and says when there are no rows', () => {
    expect(lines(renderResult(result({ team: null }), 'table', wide))[2]).toBe('-');
    const none: Result = { columns: [{ name: 'team', type: 'varchar' }], rows: [] };
    expect(renderResult(none, 'table', wide)).toContain('(no rows)');
  });

  test('fits the terminal by cutting the widest column in the middle, where AWS names are alike', () => {
    const arn = 'arn:aws:iam::111111111111:role/service-role/billing-api-role';
    const text = renderResult(result({ arn, account_id: '111111111111' }), 'table', 50);
    expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(text).toMatch(/arn:aws:\S+…\S+billing-api-role +111111111111/);
  });

  test('keeps numbers whole even when the terminal is too narrow', () => {
    expect(renderResult(result({ functions: 123456789 }), 'table', 4)).toContain('123456789');
  });

  test('shows rows as records, whole, when columns would be cut below twelve characters', () => {
    const role = 'arn:aws:iam::111111111111:role/cart';
    const answer = result({ role, team: 'payments-and-billing' }, { role: 'b', team: null });

    expect(renderResult(answer, 'table', 26)).toMatch(/^arn…\S+ {2}pay…\S+$/m);
    expect(lines(renderResult(answer, 'table', 25))).toEqual([
      `role: ${role}`,
      'team: payments-and-billing',
      '',
      'role: b',
      'team: -',
      '',
    ]);
  });

  test('counts wide letters as two columns', () => {
    const [, rule] = lines(renderResult(result({ n: '支払い' }), 'table', wide));
    expect(rule).toBe('──────');
  });

  test('cannot be steered by text from AWS', () => {
    const text = renderResult(result({ name: 'a\u001b]0;owned\u0007\r\nb\u009b2J\u202e' }), 'table', wide);
    expect(lines(text)[2]).toBe('a\ufffd]0;owned\ufffd  b\ufffd2J\ufffd');
  });
});
