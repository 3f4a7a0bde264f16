import { afterAll, beforeAll, describe, it } from 'vitest';
import { allListings } from '../../../collectors/resources/all.generated.ts';
import { collectorActions } from '../../../stacksets/collector_actions.ts';
import { collectThrough, type LoopbackAws, loopbackAws, notAuthorized } from './loopback_aws.ts';
import { oneAccountAnswers } from './one_account.ts';

/** What cannot be asked for without the action: the resources of its listing, and what is asked with what that finds. */
const resourcesWithout: Readonly<Record<string, readonly string[]>> = {
  'account:ListRegions': ['regions'],
  'iam:GetPolicy': ['policies'],
  'iam:GetPolicyVersion': ['policies'],
  'lambda:ListAliases': ['function_versions', 'function_policies'],
  'lambda:ListFunctions': ['functions', 'function_versions', 'function_urls', 'function_policies'],
};

const resourcesOf = (action: string): readonly string[] =>
  resourcesWithout[action] ??
  allListings.flatMap((listing) => ((listing.actions as readonly string[]).includes(action) ? listing.resources : []));

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

    expect(gaps.map(({ resource }) => resource).sort()).toEqual([...resourcesOf(action)].sort());
    for (const { status, message } of gaps) {
      expect(status).toBe('denied');
      expect(message).toContain(`${action} in `);
      expect(message).toContain(`not authorized to perform: ${action} `);
    }
  });
});
