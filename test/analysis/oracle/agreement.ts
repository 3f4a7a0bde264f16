import fc from 'fast-check';
import { contextOf } from '../../../analysis/conditions/context.ts';
import { type Evaluation, evaluate } from '../../../analysis/evaluate.ts';
import { requesterOf } from '../../../analysis/requester.ts';
import { policiesOf } from '../given_policies.ts';
import { askOracle } from './ask_oracle.ts';
import { type RandomCase, randomCase } from './random_case.ts';

interface Disagreement {
  readonly ours: Evaluation['decision'];
  readonly theirs: 'allowed' | 'denied';
  readonly given: RandomCase;
}

const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

/** What rolecall says to a case. */
export function decide(given: RandomCase): Evaluation['decision'] {
  const { identity, boundary, sessionPolicy, scps, rcps, resourcePolicy } = given;
  const full = rcps.map((level) => [ALLOW_ALL, ...level]);
  const policies = policiesOf({ identity, boundary, sessionPolicy, scps, rcps: full, resource: resourcePolicy });
  const { action, resource, resourceAccount } = given;
  const requester = requesterOf(given.principal)!;
  const asked = { requester, action, resource, resourceAccount, resourceInManagementAccount: false, since: null };
  return evaluate({ ...asked, context: contextOf(given.context) }, policies).decision;
}

interface Agreement {
  readonly allowed: number;
  readonly denied: number;
  readonly disagreements: readonly Disagreement[];
}

/** Puts random cases to rolecall and to an independent simulator. The same seed gives the same cases. */
export async function agreement(cases: number, seed: number): Promise<Agreement> {
  const disagreements: Disagreement[] = [];
  const count = { allowed: 0, denied: 0 };
  for (const given of fc.sample(randomCase, { numRuns: cases, seed })) {
    const [ours, theirs] = [decide(given), await askOracle(given)];
    count[theirs] += 1;
    if (ours !== theirs) disagreements.push({ ours, theirs, given });
  }
  return { ...count, disagreements };
}
