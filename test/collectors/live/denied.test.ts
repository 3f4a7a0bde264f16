import { afterAll, beforeAll, describe, it } from 'vitest';
import { collectorActions } from '../../../stacksets/collector_actions.ts';
import { resourcesWithout } from '../resources_without.ts';
import { collectThrough, type LoopbackAws, loopbackAws, notAuthorized } from './loopback_aws.ts';
import { oneAccountAnswers } from './one_account.ts';

/** Keys hold letters and digits only. */
const keyOf = (action: string): string => action.replace(':', '');

let aws: LoopbackAws;

/** The external id says which action the role is to lack, so that all roles can be tried at a time. */
beforeAll(async () => {
  aws = await loopbackAws((asked) =>
    asked.key === keyOf(asked.action) ? notAuthorized(asked) : oneAccountAnswers(asked),
  );
});

afterAll(() => aws.stop());

describe.concurrent('A4 without one action of the collector role', () => {
  it.for(collectorActions)('%s, coverage is denied and names it; all else is read', async (action, { expect }) => {
    const { coverage } = await collectThrough(aws, keyOf(action));
    const gaps = coverage.filter(({ status }) => status !== 'ok' && status !== 'not_provided');

    expect(gaps.map(({ resource }) => resource).sort()).toEqual([...resourcesWithout(action)].sort());
    for (const { status, message } of gaps) {
      expect(status).toBe('denied');
      expect(message).toContain(`${action} in `);
      expect(message).toContain(`not authorized to perform: ${action} `);
    }
  });
});
