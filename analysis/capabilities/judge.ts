import type { Authority, Grant } from '../authority.ts';
import type { Deciding } from '../evaluate.ts';
import type { Layer } from '../hearing.ts';
import type { Capability, Target } from './capability.ts';
import { catalogue } from './catalogue.ts';
import { grantedActions } from './granted.ts';
import type { Inventory, Subject } from './inventory.ts';
import { numbered } from './numbered.ts';
import { type Permission, type Permissions, permissionsIn } from './permissions.ts';
import { remembered } from './remembered.ts';
import { narrowest, type Scope } from './scope.ts';
import { targetsIn } from './targets.ts';
import { type Verdict, verdictOf } from './verdict.ts';

type ResourceSide = 'not_needed' | 'unread' | 'allows' | 'denies';

/** What is known of one capability of a principal; principals of whom the same is known share the object. */
export interface Judged {
  readonly capability: Capability;
  readonly verdict: Verdict;
  readonly scope: Scope;
  /** Where, when it takes one step only. */
  readonly grants: readonly Grant[];
  /** What the policy of the resource adds. */
  readonly resourceSide: ResourceSide;
  /** Statements of identity policies. */
  readonly grantedBy: readonly Deciding[];
  /** Deny statements that take some or all of it away, or may. */
  readonly blockedBy: readonly Deciding[];
  /** Layers that do not let it through. */
  readonly lacks: readonly Layer[];
}

/** Judges the principals of one account; what only the account decides is looked up once. */
export function judgeOf(
  inventory: Inventory,
  permissions: Permissions = permissionsIn(inventory),
  capabilities: readonly Capability[] = catalogue,
): (subject: Subject) => readonly Judged[] {
  const { accountId } = inventory;
  const targets = targetsIn(inventory);
  const known = remembered((_name: string) => new Map<Authority | string, Judged>());
  const number = numbered<Authority>();
  const numbersOf = (granted: readonly Permission[]) => granted.map(({ authority }) => number(authority)).join(' ');
  const judge = (capability: Capability, granted: readonly Permission[], subject: Subject) =>
    judged(capability, granted, verdictOf(capability, granted, subject, targets, accountId), accountId);
  return (subject) => {
    const permission = permissions(subject);
    return hopeful(capabilities, subject).flatMap((capability) => {
      const granted = grantedSteps(capability, permission);
      if (granted === null) return [];
      if (hangsOnSubject(capability)) return [judge(capability, granted, subject)];
      const sameName = known(capability.name);
      const key = granted.length === 1 ? granted[0]!.authority : numbersOf(granted);
      const found = sameName.get(key) ?? judge(capability, granted, subject);
      sameName.set(key, found);
      return [found];
    });
  };
}

/** Those of which every action stands in some policy of the principal. */
function hopeful(capabilities: readonly Capability[], { policies }: Subject): readonly Capability[] {
  const granted = new Set<string>();
  for (const { document } of policies.identity) for (const action of grantedActions(document)) granted.add(action);
  return capabilities.filter(({ steps }) => steps.every(({ action }) => granted.has(action)));
}

/** Null when identity policies do not grant all of it. */
function grantedSteps({ steps }: Capability, permission: (step: Permission['step']) => Authority) {
  const found: Permission[] = [];
  for (const step of steps) {
    const authority = permission(step);
    if (authority.lacks === 'identity') return null;
    found.push({ step, authority });
  }
  return found;
}

const SAME_FOR_ALL: readonly Target[] = ['anything', 'everything', 'role_to_pass', 'function'];

function hangsOnSubject({ steps }: Capability): boolean {
  return steps.some(({ on }) => !SAME_FOR_ALL.includes(on));
}

function judged(
  capability: Capability,
  permissions: readonly Permission[],
  verdict: Verdict,
  accountId: string,
): Judged {
  const found = permissions.map(({ authority }) => authority);
  return {
    capability,
    verdict,
    scope: narrowest(permissions, accountId),
    grants: found.length === 1 ? found[0]!.grants : [],
    resourceSide: resourceSideOf(capability, verdict, found),
    grantedBy: togetherOf(found.map(({ granted }) => granted)),
    blockedBy: togetherOf(found.map(({ blocked }) => blocked)),
    lacks: [...new Set(found.flatMap(({ lacks }) => lacks ?? []))],
  };
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

/** Each statement once; of a single step the list itself, which many capabilities share. */
function togetherOf(lists: readonly (readonly Deciding[])[]): readonly Deciding[] {
  if (lists.length === 1) return lists[0]!;
  const byPlace = new Map(lists.flat().map((one) => [`${one.layer} ${one.policy_id} ${one.position}`, one]));
  return [...byPlace.values()];
}
