import { describe, expect, test } from 'vitest';
import { conditionsHold } from '../../analysis/conditions/conditions.ts';
import { contextOf } from '../../analysis/conditions/context.ts';
import { conditionCases, variableCases } from './cases/conditions.ts';

const VERSION = '2012-10-17';
const listOf = (values: string | readonly string[]) => (typeof values === 'string' ? [values] : values);
const shown = (value: unknown) => (value === undefined ? 'nobody knows what' : JSON.stringify(value));

describe('B3: condition operators', () => {
  describe.each(Object.entries(conditionCases))('%s', (_page, cases) => {
    test.each(cases.map((one) => [`${one[0]} ${shown(one[1])} against ${shown(one[2])}`, ...one] as const))(
      '%s',
      (_name, operator, wanted, actual, expected) => {
        const context = contextOf(actual === undefined ? {} : { 'aws:X': actual });
        expect(conditionsHold([{ operator, key: 'AWS:x', values: listOf(wanted) }], VERSION, context)).toBe(expected);
      },
    );
  });

  test('several values are alternatives, several keys and operators must all hold', () => {
    const both = [
      { operator: 'StringEquals', key: 'a', values: ['1', '2'] },
      { operator: 'StringEquals', key: 'b', values: ['1'] },
    ];
    const holds = (known: Record<string, string>) => conditionsHold(both, VERSION, contextOf(known));
    expect(holds({ a: '2', b: '1' })).toBe(true);
    expect(holds({ a: '2', b: '2' })).toBe(false);
    expect(holds({ a: '2' })).toBe('unknown');
    expect(holds({ b: '2' })).toBe(false);
    expect(conditionsHold([], VERSION, contextOf({}))).toBe(true);
  });

  test('a key with `/*` stands for all tags that are not given', () => {
    const untagged = contextOf({ 'aws:PrincipalTag/*': null, 'aws:PrincipalTag/team': 'blue' });
    const holds = (key: string) => conditionsHold([{ operator: 'StringLike', key, values: ['*'] }], VERSION, untagged);
    expect(holds('aws:PrincipalTag/team')).toBe(true);
    expect(holds('aws:PrincipalTag/role')).toBe(false);
    expect(holds('aws:RequestTag/team')).toBe('unknown');
  });
});

describe('B3: policy variables', () => {
  describe.each(Object.entries(variableCases))('%s', (_page, cases) => {
    test.each(cases)('%s %s with %j against %s: %s', (operator, wanted, known, actual, expected) => {
      const context = contextOf({ ...known, 'aws:x': actual });
      expect(conditionsHold([{ operator, key: 'aws:x', values: [wanted] }], VERSION, context)).toBe(expected);
    });
  });

  test('version 2008-10-17 knows none: they are plain text', () => {
    const context = contextOf({ 'aws:username': 'ann', 'aws:x': '${aws:username}' });
    const condition = { operator: 'StringEquals', key: 'aws:x', values: ['${aws:username}'] };
    expect(conditionsHold([condition], '2008-10-17', context)).toBe(true);
    expect(conditionsHold([condition], VERSION, context)).toBe(false);
  });
});
