import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Which take longest, in this order: begun last, they would go on alone. */
const longest = ['deployed.test.ts', 'deployed_denied.test.ts', 'questions.test.ts', 'athena.test.ts'];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((name) => moduleId.endsWith(`/e2e/${name}`));
  return place === -1 ? longest.length : place;
};

/** The order in which test files begin, on a machine that has not run them before as well. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
}
