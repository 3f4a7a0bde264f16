import { type Authority, type Grant, grantCovers } from '../authority.ts';
import { isFullResource } from '../breadth.ts';
import { type Candidates, type Range, rangeOf } from './candidates.ts';
import type { Capability, Step, Target } from './capability.ts';
import type { Subject } from './inventory.ts';
import type { Permission } from './permissions.ts';
import type { Targets } from './targets.ts';

export type Verdict = 'allowed' | 'conditional' | 'possible' | 'unknown' | 'denied';

const WEAKEST: readonly Verdict[] = ['denied', 'unknown', 'possible', 'conditional', 'allowed'];

function weakest(verdicts: readonly Verdict[]): Verdict {
  return WEAKEST.find((one) => verdicts.includes(one)) ?? 'allowed';
}

/** What policies, inventory and the rest say together. */
export function verdictOf(
  { needs, resourceSide }: Capability,
  permissions: readonly Permission[],
  subject: Subject,
  targets: Targets,
  accountId: string,
): Verdict {
  const ofPolicies = permissions.map(({ step, authority }) => byPolicies(step, authority));
  const known: Verdict[] = needs === undefined ? [] : ['possible'];
  if (resourceSide === 'unread') known.push('conditional');
  const sofar = weakest([...ofPolicies, ...known]);
  return sofar === 'denied' ? sofar : weakest([sofar, ...byTargets(permissions, subject, targets, accountId)]);
}

function byPolicies({ on }: Step, { verdict, grants }: Authority): Verdict {
  const counted = on === 'everything' ? grants.filter(isOfEverything) : grants;
  if (verdict === 'denied' || counted.length === 0) return 'denied';
  if (counted.some(({ holds }) => holds === true)) return 'allowed';
  return counted.every(({ by }) => by.some(({ effect }) => effect === 'unknown')) ? 'unknown' : 'conditional';
}

function isOfEverything({ within, except }: Grant): boolean {
  return except.length === 0 && within.every(isFullResource);
}

/** One and the same target must do for all steps that ask for its kind. */
function byTargets(
  permissions: readonly Permission[],
  subject: Subject,
  targets: Targets,
  accountId: string,
): readonly Verdict[] {
  const kinds = [...new Set(permissions.map(({ step }) => step.on))];
  return kinds.map((kind) => {
    const asking = permissions.filter(({ step }) => step.on === kind);
    const found = targets.of(asking[0]!.step, subject);
    if (found === null) return 'allowed';
    return bestOf(found, asking) ?? withoutTarget(kind, asking, subject, accountId);
  });
}

/** The best that any one target gives; null when none is covered by all steps. */
function bestOf(candidates: Candidates, asking: readonly Permission[]): Verdict | null {
  const every = asking.map(({ authority }) => authority.grants);
  const sure = every.map((grants) => grants.filter(({ holds }) => holds === true));
  if (isSome(candidates, sure)) return 'allowed';
  return isSome(candidates, every) ? 'conditional' : null;
}

/** Whether there is a target that some grant of each step covers. */
function isSome(candidates: Candidates, steps: readonly (readonly Grant[])[]): boolean {
  const covered = (target: string) => steps.every((grants) => grants.some((grant) => grantCovers(grant, target)));
  for (const { start, end } of fewest(candidates, steps)) {
    for (let index = start; index < end; index++) {
      const target = candidates.arns[index]!;
      if (covered(target) && candidates.accepts(target)) return true;
    }
  }
  return false;
}

/** What the step with the fewest candidates leaves to look at. */
function fewest(candidates: Candidates, steps: readonly (readonly Grant[])[]): readonly Range[] {
  const size = (ranges: readonly Range[]) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const left = steps.map((grants) => grants.map((grant) => rangeOf(candidates, grant)));
  return left.reduce((least, one) => (size(one) < size(least) ? one : least));
}

/** No target today: one may come, unless the grants leave no room for it. */
function withoutTarget(
  kind: Target,
  asking: readonly Permission[],
  { requester }: Subject,
  accountId: string,
): Verdict {
  const all = asking.flatMap(({ authority }) => authority.grants.flatMap(({ within }) => within));
  if (kind === 'other_user' || kind === 'other_role') return all.includes(requester.arn) ? 'denied' : 'possible';
  // Roles of this account were all read and none lets it in; those of other accounts were not.
  if (kind === 'role_to_assume') return all.every((text) => text.includes(`:${accountId}:`)) ? 'denied' : 'possible';
  return 'possible';
}
