import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../analysis/document.ts';

const PLAIN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const read = (text: string) => parseDocument(text, 'identity');

describe('B1: one policy, however it was written down', () => {
  const expected = read(PLAIN).statements;
  const forms: Record<string, string> = {
    'white space': JSON.stringify(JSON.parse(PLAIN), null, 4),
    'URL-encoded, as GetAccountAuthorizationDetails gives it': encodeURIComponent(PLAIN),
    'a byte order mark before it': `\uFEFF${PLAIN}`,
    'a byte order mark inside the encoding': encodeURIComponent(`\uFEFF${PLAIN}`),
    'one Statement instead of a list':
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}',
    'lists of one':
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["*"]}]}',
    'keys and Effect in odd case':
      '{"version":"2012-10-17","STATEMENT":[{"effect":"ALLOW","action":"s3:GetObject","reSource":"*"}]}',
    escapes: PLAIN.replace('s3:GetObject', 's3\\u003aGetObject'),
  };
  test.each(Object.entries(forms))('%s', (_name, text) => {
    expect(read(text).statements).toEqual(expected);
    expect(read(text).problem).toBeNull();
  });

  test('numbers and booleans in a Condition are the text they were', () => {
    const condition = '{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"s3:max-keys":[10,2.50]}}';
    const { statements } = read(PLAIN.replace('"Resource":"*"', `"Resource":"*","Condition":${condition}`));
    expect(statements[0]?.conditions).toEqual([
      { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
      { operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '2.50'] },
    ]);
    expect(statements[0]?.conditionText).toBe(condition);
  });

  test('principals of every kind; `*` is everybody', () => {
    const trust = (principal: string) =>
      parseDocument(`{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":${principal}}}`, 'resource')
        .statements[0]?.principals;
    expect(trust('"*"')).toEqual([{ kind: 'aws', value: '*' }]);
    expect(trust('{"AWS":"*"}')).toEqual(trust('"*"'));
    expect(trust('{"Service":["a.amazonaws.com"],"federated":"x","CanonicalUser":"79a5"}')).toEqual([
      { kind: 'service', value: 'a.amazonaws.com' },
      { kind: 'federated', value: 'x' },
      { kind: 'canonical', value: '79a5' },
    ]);
  });
});

describe('C4: the digest changes with the meaning, not with white space', () => {
  test('white space does not count, white space in a string does', () => {
    expect(read(`\n ${JSON.stringify(JSON.parse(PLAIN), null, 2)}\n`).sha256).toBe(read(PLAIN).sha256);
    expect(read(PLAIN.replace('GetObject', 'Get Object')).sha256).not.toBe(read(PLAIN).sha256);
    expect(read(PLAIN).text).toBe(PLAIN);
  });
});

describe('B1: what cannot be understood is unknown, with its place, and never an exception', () => {
  const broken: Record<string, readonly [string, RegExp]> = {
    'empty text': ['', /no JSON: the text ends too early at line 1, column 1/],
    'cut in half': [PLAIN.slice(0, 50), /no JSON: a string is missing or broken at line 1, column 48/],
    'a comma too many': ['{\n "Statement": [],\n}', /no JSON: .* at line 3, column 1/],
    'text after the end': [`${PLAIN} x`, /text after the end/],
    'encoded badly': ['%7B%', /no JSON/],
    'no object': ['"hello"', /the document is no object/],
    'no Statement': ['{"Version":"2012-10-17"}', /there is no Statement/],
    'nested without end': ['['.repeat(100_000), /nested too deeply/],
  };
  test.each(Object.entries(broken))('%s', (_name, [text, problem]) => {
    const document = read(text);
    expect(document.statements.map(({ effect }) => effect)).toEqual(['unknown']);
    expect(document.problem).toMatch(problem);
  });

  const GOOD = '{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}';
  const statements: Record<string, readonly [string, RegExp]> = {
    'no Effect': ['{"Action":"*","Resource":"*"}', /Effect is neither/],
    'Effect of another word': ['{"Effect":"Maybe","Action":"*","Resource":"*"}', /Effect is neither/],
    'neither Action nor NotAction': ['{"Effect":"Allow","Resource":"*"}', /neither Action nor NotAction/],
    'both Action and NotAction': [
      '{"Effect":"Allow","Action":"*","NotAction":"s3:*","Resource":"*"}',
      /both Action and NotAction/,
    ],
    'no Resource': ['{"Effect":"Allow","Action":"*"}', /neither Resource nor NotResource/],
    'an Action that is an object': ['{"Effect":"Allow","Action":{"a":"b"},"Resource":"*"}', /Action is no text/],
    'a null among the actions': ['{"Effect":"Allow","Action":[null],"Resource":"*"}', /Action is no text/],
    'an Action that is a number': ['{"Effect":"Allow","Action":5,"Resource":"*"}', /statement 1 .*Action is no text/],
    'a Resource that is true': ['{"Effect":"Allow","Action":"*","Resource":["*",true]}', /Resource is no text/],
    'a Condition that is a list': ['{"Effect":"Allow","Action":"*","Resource":"*","Condition":[]}', /Condition is no/],
    'text instead of a statement': ['"Allow"', /statement 1 is no object/],
  };
  test.each(Object.entries(statements))('%s: the other statements are kept', (_name, [text, problem]) => {
    const document = read(`{"Version":"2012-10-17","Statement":[${GOOD},\n${text},${GOOD}]}`);
    expect(document.statements.map(({ effect }) => effect)).toEqual(['Allow', 'unknown', 'Allow']);
    expect(document.statements[1]?.problem).toMatch(problem);
    expect(document.problem).toMatch(problem);
  });

  test('the place of a statement is told by line and column', () => {
    expect(read(`{"Statement":[${GOOD},\n  {"Effect":"Allow"}]}`).problem).toMatch(
      /^statement 1 \(line 2, column 3\): /,
    );
  });

  test('a key that stands twice is noticed; the last one counts', () => {
    const twice = read('{"Statement":{"Effect":"Deny",\n"Effect":"Allow","Action":"*","Resource":"*"}}');
    expect(twice.problem).toBe('key "Effect" twice at line 2, column 1');
    expect(twice.statements[0]?.effect).toBe('Allow');
  });

  test('an element that no policy has is said, for a misspelt Condition widens a grant unseen', () => {
    const misspelt = read('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Conditions":{}}}');
    expect(misspelt.problem).toMatch(/no such element: "conditions"/);
    expect(misspelt.statements[0]?.effect).toBe('Allow');
  });

  test('hostile text in a message is short and has no control characters', () => {
    const hostile = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","\\u001b[31m${'x'.repeat(1000)}":1}}`;
    const { problem } = read(hostile);
    expect(problem).toContain('no such element: "\\u001b[31mxxx');
    expect(problem?.length).toBeLessThan(150);
  });

  test('keys that JavaScript knows by itself are plain keys', () => {
    expect(read('{"__proto__":{},"constructor":1,"Statement":[]}').statements).toEqual([]);
  });
});
