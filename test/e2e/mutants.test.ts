import { describe, expect, test } from 'vitest';
import { comparable, type FixtureAnswers, openFixture, saved } from '../queries/fixture_answers.ts';
import { mutants } from '../queries/mutate.ts';

/** Whether some case of the fixture answers otherwise than it should, or not at all. */
async function isNoticed({ question, fixture, answer }: FixtureAnswers, sql: string): Promise<boolean> {
  for (const { parameters, expected } of fixture.cases) {
    const result = await answer(parameters, sql).catch(() => undefined);
    if (result === undefined) return true;
    const wanted = JSON.stringify(comparable(expected, question));
    if (JSON.stringify(comparable(result.rows, question)) !== wanted) return true;
  }
  return false;
}

describe.each(saved)('%s %s', (_, path, parse) => {
  test('a dropped condition or a changed join makes a case fail', async () => {
    const opened = await openFixture(path, parse);
    const { body } = opened.question;
    expect(await isNoticed(opened, body), 'the unchanged question fails already').toBe(false);
    const survivors: string[] = [];
    for (const { snippet, sql } of mutants(body)) {
      if (!(await isNoticed(opened, sql))) survivors.push(`${path} ${snippet}`);
    }
    await opened.close();
    expect(survivors).toEqual([]);
  });
});
