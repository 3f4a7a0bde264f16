import { type Authority, authorityOf, type Grant, grantCovers } from '../authority.ts';
import { isBroadResource, isFullResource } from '../breadth.ts';
import { contextOf } from '../conditions/context.ts';
import type { Deciding } from '../evaluate.ts';
import type { Layer } from '../hearing.ts';
import { type Candidates, type Range, rangeOf } from './candidates.ts';
import type { Capability, Step, Target } from './capability.ts';
import { catalogue } from './catalogue.ts';
import { grantedActions } from './granted.ts';
import type { Inventory, Subject } from './inventory.ts';
import { remembered } from './remembered.ts';
import { askedFor, type Targets, targetsIn } from './targets.ts';

type Verdict = 'allowed' | 'conditional' | 'possible' | 'unknown' | 'denied';
type Scope = 'all' | 'broad' | 'named';
type ResourceSide = 'not_needed' | 'unread' | 'allows' | 'denies';

/** What is known of one capability of a principal. */
export interface Judged {
  readonly capability: Capability;
  readonly verdict: Verdict;
  readonly scope: Scope;
  /** What the policy of the resource adds. */
  readonly resourceSide: ResourceSide;
  /** Statements of identity policies. */
  readonly grantedBy: readonly Deciding[];
  /** Deny statements that take some or all of it away, or may. */
  readonly blockedBy: readonly Deciding[];
  /** Layers that do not let it through. */
  readonly lacks: readonly Layer[];
}

/** Requests to come are made after this was written: sessions revoked and grants ended before are no more. */
const WRITTEN = new Date('2026-01-01T00:00:00Z');

/** Judges the principals of one account; what only the account decides is looked up once. */
export function judgeOf(
  inventory: Inventory,
  capabilities: readonly Capability[] = catalogue,
): (subject: Subject) => readonly Judged[] {
  const targets = targetsIn(inventory);
  return (subject) => {
    const granted = subject.policies.identity.map(({ document }) => grantedActions(document));
    const hopeful = capabilities.filter(({ steps }) =>
      steps.every(({ action }) => granted.some((actions) => actions.has(action))),
    );
    const permission = remembered((step: Step) => permitted(step, subject, inventory.accountId), nameOf);
    return hopeful.flatMap((capability) => judged(capability, subject, permission, inventory.accountId, targets));
  };
}

/** A step with what the principal’s policies say to it. */
interface Permission {
  readonly step: Step;
  readonly authority: Authority;
}

/** Nothing for a capability that no identity policy grants. */
function judged(
  capability: Capability,
  subject: Subject,
  permission: (step: Step) => Authority,
  accountId: string,
  targets: Targets,
): readonly Judged[] {
  const permissions: Permission[] = [];
  for (const step of capability.steps) {
    const authority = permission(step);
    if (authority.lacks === 'identity') return [];
    permissions.push({ step, authority });
  }
  const found = permissions.map(({ authority }) => authority);
  const verdict = verdictOf(capability, permissions, subject, targets, accountId);
  return [
    {
      capability,
      verdict,
      scope: narrowest(permissions, accountId),
      resourceSide: resourceSideOf(capability, verdict, found),
      grantedBy: distinct(found.flatMap(({ granted }) => granted)),
      blockedBy: distinct(found.flatMap(({ blocked }) => blocked)),
      lacks: [...new Set(found.flatMap(({ lacks }) => lacks ?? []))],
    },
  ];
}

/** A role must let in by its trust policy; of other accounts it was not read. */
function resourceSideOf(
  { resourceSide, steps }: Capability,
  verdict: Verdict,
  found: readonly Authority[],
): ResourceSide {
  if (resourceSide !== undefined) return resourceSide;
  if (!steps.some(({ on }) => on === 'role_to_assume')) return 'not_needed';
  if (verdict === 'allowed' || verdict === 'conditional') return 'allows';
  return verdict === 'denied' && found.every((one) => one.verdict !== 'denied') ? 'denies' : 'unread';
}

/** The same step is part of many capabilities. */
function nameOf({ action, on, service = '' }: Step): string {
  return `${action} ${on} ${service}`;
}

function permitted(step: Step, subject: Subject, accountId: string): Authority {
  const isOwn = step.on !== 'anything' && step.on !== 'everything' && step.on !== 'role_to_assume';
  const { requester, policies } = subject;
  const request = {
    requester,
    action: step.action,
    resource: askedFor(step.on, accountId),
    resourceAccount: isOwn ? accountId : null,
    resourceInManagementAccount: requester.inManagementAccount,
    context: contextOf(step.service === undefined ? {} : { 'iam:PassedToService': step.service }),
    since: WRITTEN,
  };
  return authorityOf(request, policies);
}

const WEAKEST: readonly Verdict[] = ['denied', 'unknown', 'possible', 'conditional', 'allowed'];

function weakest(verdicts: readonly Verdict[]): Verdict {
  return WEAKEST.find((one) => verdicts.includes(one)) ?? 'allowed';
}

function verdictOf(
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
  let best: Verdict | null = null;
  for (const { start, end } of fewest(candidates, asking)) {
    for (let index = start; index < end; index++) {
      const verdict = onTarget(candidates, candidates.arns[index]!, asking);
      if (verdict === 'allowed') return verdict;
      best = verdict ?? best;
    }
  }
  return best;
}

function onTarget(candidates: Candidates, target: string, asking: readonly Permission[]): Verdict | null {
  const covered = asking.map(({ authority }) => coverage(authority.grants, target));
  if (covered.includes(false) || !candidates.accepts(target)) return null;
  return covered.includes('unknown') ? 'conditional' : 'allowed';
}

/** What the step with the fewest candidates leaves to look at. */
function fewest(candidates: Candidates, asking: readonly Permission[]): readonly Range[] {
  const size = (ranges: readonly Range[]) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const left = asking.map(({ authority }) => authority.grants.map((grant) => rangeOf(candidates, grant)));
  return left.reduce((least, one) => (size(one) < size(least) ? one : least));
}

function coverage(grants: readonly Grant[], target: string): Grant['holds'] | false {
  const covering = grants.filter((grant) => grantCovers(grant, target));
  if (covering.length === 0) return false;
  return covering.some(({ holds }) => holds === true) || 'unknown';
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

const SCOPES: readonly Scope[] = ['named', 'broad', 'all'];

function narrowest(permissions: readonly Permission[], accountId: string): Scope {
  const scopes = permissions.map(({ step, authority }) => widestScope(authority.grants, askedFor(step.on, accountId)));
  return SCOPES.find((one) => scopes.includes(one)) ?? 'named';
}

function widestScope(grants: readonly Grant[], asked: string): Scope {
  const scopes = grants.map(({ within }): Scope => {
    if (within.every((text) => text === asked || isFullResource(text))) return 'all';
    return within.every((text) => text === asked || isFullResource(text) || isBroadResource(text)) ? 'broad' : 'named';
  });
  return SCOPES.findLast((one) => scopes.includes(one)) ?? 'named';
}

function distinct(statements: readonly Deciding[]): readonly Deciding[] {
  const byPlace = new Map(statements.map((one) => [`${one.layer} ${one.policy_id} ${one.position}`, one]));
  return [...byPlace.values()];
}
