import { describe, expect, test } from 'vitest';
import type { ResultRow } from '../../queries/engine.ts';
import { notProvided, unread } from '../../report/unread.ts';
import { gap, reportData, result } from './answers.ts';

const of = (...gaps: readonly ResultRow[]) => unread(reportData({ coverage_gaps: result(...gaps) }));

describe('what was not read, in words (A4)', () => {
  test('names account, resources, regions and why; alike ones together', () => {
    const gaps = [
      gap(),
      gap({ resource: 'function_urls' }),
      gap({ region: 'global', resource: 'roles', status: 'error' }),
    ];
    expect(of(...gaps)).toEqual([
      {
        account: 'analytics (222222222222)',
        what: ['functions and function urls in eu-west-1 (denied)', 'roles (error)'],
      },
    ]);
  });

  test('counts regions and resources when they are many', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'us-east-1'].map((region) => gap({ region }));
    expect(of(...regions)[0]?.what).toEqual(['functions in 4 regions (denied)']);
    const resources = ['a', 'b', 'c', 'd', 'e', 'f'].map((resource) => gap({ resource }));
    expect(of(...resources)[0]?.what).toEqual(['a, b, c, d and 2 more in eu-west-1 (denied)']);
  });

  test.each(['account_inactive', 'role_missing'])('%s means everything', (status) => {
    expect(of(gap({ status, account_name: null }))).toEqual([
      { account: '222222222222', what: [`everything (${status.replace('_', ' ')})`] },
    ]);
  });

  test('an optional export that nobody gave is said apart; a required one is not read', () => {
    const data = reportData({
      coverage_gaps: result(
        gap({ status: 'not_provided', resource: 'function_tags', required: false }),
        gap({ status: 'not_provided', resource: 'functions', required: true }),
      ),
    });
    expect(notProvided(data)).toEqual(['function tags']);
    expect(unread(data).map(({ what }) => what)).toEqual([['functions in eu-west-1 (not provided)']]);
  });
});
