import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, failureText } from '../../cli/failure.ts';
import { NothingReadError, UsageError } from '../../errors.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const missing = thrownBy(() => readFileSync('no-such-file'));

describe('C7 what a person reads when a command fails', () => {
  it.each([
    { what: 'usage', error: new UsageError('Give a date.'), text: 'Give a date.', code: 2 },
    { what: 'nothing read', error: new NothingReadError('No account.'), text: 'No account.', code: 3 },
    { what: 'a file', error: missing, text: /^ENOENT: .*'no-such-file'\. Check the path/, code: 2 },
    {
      what: 'a mistake of ours',
      error: new TypeError('x is null'),
      text: /^unexpected error: x is null\..*report/,
      code: 2,
    },
    { what: 'what is no error', error: 'odd', text: /^unexpected error: odd\./, code: 2 },
  ])('$what', ({ error, text, code }) => {
    const told = failureText(error, false);

    expect(told).toMatch(text);
    expect(told).not.toMatch(/\n|\.ts:/);
    expect(exitCodeOf(error)).toBe(code);
  });

  it('says where in the program only when debugging', () => {
    expect(failureText(new TypeError('x is null'), true)).toMatch(/\n.*failure\.test\.ts/);
  });
});
