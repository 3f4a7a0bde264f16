import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { adhoc, athenaSelect } from '../../queries/adhoc.ts';

describe('C7 SQL that a person types', () => {
  test.each([
    'select count(*) as n from roles_latest',
    'with a as (select arn from roles) select arn from a union select arn from users;',
    '-- why not\nselect x from functions cross join unnest(layers) as t(x)',
    'select * from (values (1), (2)) as v(a) where exists (select 1 from range(3))',
    'describe functions',
  ])('may be one SELECT: %s', async (text) => {
    expect(await adhoc(text)).toBe(text);
  });

  test.each([
    ["copy roles to '/tmp/roles.csv'", /Only SELECT/],
    ["attach '/tmp/other.db'", /Only SELECT/],
    ['install httpfs', /Only SELECT/],
    ['load httpfs', /Only SELECT/],
    ['pragma database_list', /Only SELECT/],
    ['set threads = 1', /Only SELECT/],
    ['call enable_logging()', /Only SELECT/],
    ['create table t as select 1', /Only SELECT/],
    ['insert into roles select 1', /Only SELECT/],
    ['delete from roles', /Only SELECT/],
    ['drop view roles', /Only SELECT/],
    ["export database '/tmp/x'", /Only SELECT/],
    ['explain analyze select 1', /Only SELECT/],
    ['select 1; drop view roles', /Only SELECT/],
    ['select 1; select 2', /exactly one SELECT statement; there are 2/],
    ['', /there are 0/],
    ['-- nothing', /there are 0/],
    ["select * from read_text('/etc/passwd')", /read_text\(\) cannot be used/],
    ["select * from read_parquet('other/*.parquet')", /read_parquet\(\)/],
    ["select a from (select 1 as a) where a in (select 1 from glob('/*'))", /glob\(\)/],
    ["with a as (select 1 from READ_CSV('/etc/passwd')) select 1", /read_csv\(\)/],
    ["select 1 from enable_logging('QueryLog', storage = 'file')", /enable_logging\(\)/],
    ["select 1 from query('select 1')", /query\(\)/],
  ])('is refused otherwise: %s', async (text, message) => {
    await expect(adhoc(text)).rejects.toThrow(UsageError);
    await expect(adhoc(text)).rejects.toThrow(message);
  });

  test.each(['select 1e999', 'select -1e999 as n'])('may not hold a number beyond a double: %s', async (text) => {
    await expect(adhoc(text)).rejects.toThrow(UsageError);
    await expect(adhoc(text)).rejects.toThrow(/number that is too large/);
  });

  test('that cannot be parsed says where', async () => {
    await expect(adhoc('select arn\nfrm roles')).rejects.toThrow(/line 2, column 5: syntax error at or near "roles"/);
  });
});

describe('C7 SQL that a person typed, in the words of Athena', () => {
  test.each([
    'select 1',
    'SELECT cast(actions as array(varchar)) from statements',
    '-- why\n with a as (select 1) select 2 from a',
    '(select 1) union (select 2)',
    'values 1, 2',
  ])('passes: %s', (sql) => {
    expect(athenaSelect(sql)).toBe(sql);
  });

  test.each([
    '',
    'drop table roles',
    '/* select */ insert into roles select 1',
    "unload (select 1) to 's3://x/' with ()",
  ])('is refused: %s', (sql) => {
    expect(() => athenaSelect(sql)).toThrow(/Only SELECT is allowed/);
  });
});
