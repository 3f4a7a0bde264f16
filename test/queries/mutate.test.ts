import { describe, expect, test } from 'vitest';
import { mutants } from './mutate.ts';

const sql = (text: string) =>
  mutants(text).map((mutant) => mutant.sql.replace(/\s+/g, ' ').replaceAll(' )', ')').trim());

describe('mutants of a question', () => {
  test.each([
    ['a where is dropped', 'select a from t where x = 1 order by a', ['select a from t where true order by a']],
    [
      'whole, and each conjunct',
      'select a from t where x = 1 and y between 2 and 3',
      [
        'select a from t where true',
        'select a from t where true and y between 2 and 3',
        'select a from t where x = 1 and true',
      ],
    ],
    ['conjuncts beside an or are no conjuncts', 'select a from t where x and y or z', ['select a from t where true']],
    [
      'and within case or brackets belongs to them',
      'select a from t where case when x and y then 1 end = 1 and (v or w)',
      [
        'select a from t where true',
        'select a from t where true and (v or w)',
        'select a from t where case when x and y then 1 end = 1 and true',
      ],
    ],
    [
      'a having is dropped',
      'select a from t group by a having count(*) > 1 limit 1',
      ['select a from t group by a having true limit 1'],
    ],
    [
      'a where of an aggregate or subquery is dropped',
      'select count(*) filter (where x) from (select 1 from t where y)',
      [
        'select count(*) filter (where true) from (select 1 from t where y)',
        'select count(*) filter (where x) from (select 1 from t where true)',
      ],
    ],
    [
      'a join loses its condition and becomes an outer one',
      'select a from t join u on t.a = u.a where true',
      [
        'select a from t left join u on t.a = u.a where true',
        'select a from t join u on true where true',
        'select a from t join u on t.a = u.a where true',
      ],
    ],
    [
      'an outer join becomes an inner one',
      'select a from t left join u on x left join v on y',
      [
        'select a from t join u on x left join v on y',
        'select a from t left join u on true left join v on y',
        'select a from t left join u on x join v on y',
        'select a from t left join u on x left join v on true',
      ],
    ],
    ['words in strings and comments are no clauses', "select 'where x' -- where y\nfrom t cross join u", []],
  ])('%s', (_, text, expected) => {
    expect(sql(text)).toEqual(expected);
  });

  test('says where and what', () => {
    expect(mutants('select a\nfrom t\nwhere x =\n 1')[0]!.snippet).toBe('line 3: where "x = 1" → "true"');
  });
});
