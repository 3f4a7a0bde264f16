import { describe, expect, test } from 'vitest';
import { parseQuestion, parseRule } from '../../queries/question.ts';

const good = `-- title: Roles shared by several functions
-- answers: C1. Which execution roles serve
--   two or more functions?
-- parameters:
--   snapshot: {type: snapshot, default: latest}
--   at_least: {type: integer, default: 2}
--   team: {type: text, default: ''}
--   day: {type: snapshot}
-- columns: {role_arn: varchar, functions: array(varchar), function_count: bigint}
-- chart: bar

-- a comment with :no_parameter
select role_arn, functions, function_count -- :nor_this
from shared where snapshot_date = :snapshot and day = :day and function_count >= :at_least and team <> :team
`;

describe('C7 header of a question', () => {
  test('says what it answers, takes and gives; the rest is its SQL', () => {
    const { body, ...header } = parseQuestion(good, 'queries/questions/shared.sql');
    expect(header).toEqual({
      name: 'shared',
      path: 'queries/questions/shared.sql',
      title: 'Roles shared by several functions',
      answers: 'C1. Which execution roles serve two or more functions?',
      parameters: [
        { name: 'snapshot', type: 'snapshot', default: 'latest' },
        { name: 'at_least', type: 'integer', default: '2' },
        { name: 'team', type: 'text', default: '' },
        { name: 'day', type: 'snapshot' },
      ],
      columns: [
        { name: 'role_arn', type: 'varchar' },
        { name: 'functions', type: 'array(varchar)' },
        { name: 'function_count', type: 'bigint' },
      ],
      chart: 'bar',
    });
    expect(body).toMatch(/^-- a comment[\s\S]*:team$/);
  });

  test('columns may stand one to a line', () => {
    const text =
      "-- title: A\n-- answers: A\n-- columns:\n--   a: varchar\n--   b: array(varchar)\nselect 'a' as a, array['b'] as b";
    expect(parseQuestion(text, 'a.sql').columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('of a rule carries severity and what it needs to have been read', () => {
    const text =
      '-- title: A\n-- answers: A\n-- severity: high\n-- covers: [roles, functions]\n-- columns: {a: varchar}\nselect a';
    expect(parseRule(text, 'a.sql')).toMatchObject({ severity: 'high', covers: ['roles', 'functions'] });
  });

  test('names every problem at once, each with file and line', () => {
    const bad = `-- title: Shared
-- parameters:
--   snapshot: {type: snapshots, default: latest}
--   at_least: {type: number}
--   unused: {type: integer}
-- columns: {role_arn: text}
-- chart: pie
-- colour: red
--stray
select :snapshot, :at_least, :unknown`;
    expect(() => parseQuestion(bad, 'q.sql')).toThrow(
      /q\.sql:1: .*answers[\s\S]*q\.sql:2: :unknown is not declared[\s\S]*q\.sql:4: parameters\.at_least\.type[\s\S]*q\.sql:5: :unused is never used[\s\S]*q\.sql:6: columns\.role_arn[\s\S]*q\.sql:7: chart[\s\S]*q\.sql:9: is neither/,
    );
    expect(() => parseQuestion(bad, 'q.sql')).toThrow(/colour/);
  });

  test.each([
    ['a map that is not closed', '{a: varchar', 'expected'],
    ['a map with a name twice', '{a: varchar, a: bigint}', '"a" is there twice'],
    ['text after the end', '{a: varchar} b', 'unexpected "b"'],
    ['a value without name', '{varchar}', 'expected a colon'],
  ])('%s is a problem with its line', (_, columns, message) => {
    expect(() => parseQuestion(`-- title: A\n-- columns: ${columns}\nselect 1`, 'q.sql')).toThrow(
      new RegExp(`q\\.sql:2: .*${message}`),
    );
  });
});
