import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionMatches, askedOf, covers, matches, overlap, patternOf } from '../../analysis/match.ts';

describe('B2: wildcards', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*', '', true],
    ['*', 'anything:at/all', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a?c*', 'abc', true],
    ['*?', '', false],
    ['*?', 'a', true],
    ['', '', true],
    ['', 'a', false],
    ['a', 'A', false],
    ['a.c', 'abc', false],
    ['[a-z]', 'b', false],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['💡?', '💡💡', true],
    ['any', 'any', true],
    ['any', 'xyz', false],
  ];
  test.each(cases)('%s against %s: %s', (pattern, text, expected) => {
    expect(matches(patternOf(pattern), text)).toBe(expected);
  });

  test('actions match without case', () => {
    expect(actionMatches('IAM:Pass*', 'iam:PassRole')).toBe(true);
    expect(actionMatches('iam:passrole', 'IAM:PASSROLE')).toBe(true);
    expect(actionMatches('iam:PassRole', 'iam:PassRoles')).toBe(false);
  });
});

describe('B2: a pattern that covers another', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*', 'a*', true],
    ['a*', '*', false],
    ['a*', 'ab*', true],
    ['ab*', 'a*', false],
    ['*a*', '*a*', true],
    ['?*', '*?', true],
    ['a?', 'a*', false],
    ['a*', 'a?', true],
    ['arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/app-*', true],
    ['*-logs', 'app-*', false],
  ];
  test.each(cases)('%s covers %s: %s', (wide, narrow, expected) => {
    expect(covers(patternOf(wide), patternOf(narrow))).toBe(expected);
  });
});

describe('B3: patterns that have something in common', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['app-*', '*-logs', true],
    ['app-*', 'web-*', false],
    ['a*', 'a', true],
    ['a?', 'a', false],
    ['a?', '*b', true],
    ['', '*', true],
    ['', '?', false],
    ['arn:aws:iam::*:role/app-*', 'arn:aws:iam::111122223333:role/*', true],
    ['arn:aws:iam::*:role/app-*', 'arn:aws:iam::111122223333:user/*', true],
  ];
  test.each(cases)('%s and %s: %s', (left, right, expected) => {
    expect(overlap(patternOf(left), patternOf(right))).toBe(expected);
    expect(overlap(patternOf(right), patternOf(left))).toBe(expected);
  });
});

describe('B3: what a policy says of a resource that is asked for, whose parts hold no colon', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*', 'arn:aws:iam::*:role/*', true],
    ['arn:aws:iam::*:role/app-*', 'arn:aws:iam::111122223333:role/*', true],
    ['arn:aws:iam::*:role/app-*', 'arn:aws:iam::111122223333:user/*', false],
    ['arn:aws:iam::*:role/app-*', 'arn:aws:iam::*:user/*', false],
    ['arn:aws:*', 'arn:aws:iam::*:user/*', true],
    ['arn:aws:iam::4*', 'arn:aws:iam::*:user/*', true],
    ['arn:aws:iam::?????:user/ann', 'arn:aws:iam::*:user/*', true],
    ['arn:aws:iam::?:?:user/ann', 'arn:aws:iam::*:user/*', false],
  ];
  test.each(cases)('%s and %s: %s', (said, asked, expected) => {
    expect(overlap(patternOf(said), askedOf(asked))).toBe(expected);
    expect(overlap(askedOf(asked), patternOf(said))).toBe(expected);
  });

  test('a wildcard of the policy covers one that is asked for, not the other way round', () => {
    expect(covers(patternOf('arn:aws:iam::*'), askedOf('arn:aws:iam::*:role/*'))).toBe(true);
    expect(covers(patternOf('arn:aws:iam::?:role/*'), askedOf('arn:aws:iam::*:role/*'))).toBe(false);
    expect(covers(askedOf('arn:aws:iam::*:role/*'), patternOf('arn:aws:iam::*:role/*'))).toBe(false);
  });
});

const sign = fc.constantFrom('a', 'b', '*', '?');
const pattern = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
const word = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((signs) => signs.join(''));
const asRegExp = (text: string) => new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.')}$`);

describe('B2: wildcards, for all patterns', () => {
  test('matching is what a regular expression says', () => {
    fc.assert(fc.property(pattern, word, (wild, text) => matches(patternOf(wild), text) === asRegExp(wild).test(text)));
  });

  test('what a covered pattern matches, the covering one matches', () => {
    fc.assert(
      fc.property(pattern, pattern, word, (wide, narrow, text) => {
        fc.pre(covers(patternOf(wide), patternOf(narrow)) && asRegExp(narrow).test(text));
        return asRegExp(wide).test(text);
      }),
    );
  });

  test('a text that both match is something in common', () => {
    fc.assert(
      fc.property(pattern, pattern, word, (left, right, text) => {
        fc.pre(asRegExp(left).test(text) && asRegExp(right).test(text));
        return overlap(patternOf(left), patternOf(right));
      }),
    );
  });

  test('a pattern that covers another has something in common with it', () => {
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        fc.pre(covers(patternOf(wide), patternOf(narrow)));
        return overlap(patternOf(wide), patternOf(narrow));
      }),
    );
  });
});

describe('B2: hostile patterns stay cheap', () => {
  test.each([
    ['a thousand stars', '*'.repeat(1000), 'a'.repeat(2000), true],
    ['a thousand stars and an end that is not there', `${'*a'.repeat(1000)}b`, 'a'.repeat(2000), false],
    ['ten thousand wildcards', 'a*'.repeat(10_000), 'a'.repeat(2000), false],
    ['a star before a long beginning', `*${'a'.repeat(999)}b`, 'a'.repeat(2000), false],
  ])('%s', (_name, wild, text, expected) => {
    for (let times = 0; times < 5; times++) expect(matches(patternOf(wild), text)).toBe(expected);
  });
});
