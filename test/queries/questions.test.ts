import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokens } from '../../queries/tokens.ts';
import { comparable, type FixtureAnswers, openFixture, saved } from './fixture_answers.ts';

describe.each(saved)('%s %s', (_, path, parse) => {
  let opened: FixtureAnswers;

  beforeAll(async () => {
    opened = await openFixture(path, parse);
  });
  afterAll(() => opened?.close());

  test('given the fixture, answers exactly the expected rows', async () => {
    const { question, fixture, answer } = opened;
    for (const { name, parameters, expected } of fixture.cases) {
      const result = await answer(parameters);
      expect(comparable(result.rows, question), name).toEqual(comparable(expected, question));
      expect(result.columns, `columns of ${name}`).toEqual(question.columns);
    }
  });

  test('is written in lower case, names its columns and groups by name', () => {
    const code = tokens(opened.question.body).filter(({ kind }) => kind !== 'comment' && kind !== 'space');
    const words = code.filter(({ kind, text }) => kind === 'word' && text !== text.toLowerCase());
    const stars = code.filter(({ text }, index) => text === '*' && ['select', '.'].includes(code[index - 1]!.text));
    expect({ words, stars }).toEqual({ words: [], stars: [] });
    expect(code.map(({ text }) => text).join(' ')).not.toMatch(/\b(group|order) by (\S+( , )+)*\d/);
  });
});
