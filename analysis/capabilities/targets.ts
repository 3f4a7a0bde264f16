import { evaluate } from '../evaluate.ts';
import type { PolicyDocument } from '../policy.ts';
import { reachOf } from '../principals.ts';
import type { Candidates } from './candidates.ts';
import type { Step, Target } from './capability.ts';
import { type InventoriedRole, type Inventory, mayLetIn, rolesByService, type Subject } from './inventory.ts';
import { remembered } from './remembered.ts';

/** What is asked of the policies for a target: `*` stands for any part of an ARN. */
export function askedFor(target: Target, accountId: string): string {
  return ASKED[target](accountId);
}

const ofIam = (kind: string) => (accountId: string) => `arn:*:iam::${accountId}:${kind}/*`;

const ASKED: Record<Target, (accountId: string) => string> = {
  anything: () => '*',
  everything: () => '*',
  own_role: ofIam('role'),
  own_user: ofIam('user'),
  own_group: ofIam('group'),
  own_policy: ofIam('policy'),
  other_user: ofIam('user'),
  other_role: ofIam('role'),
  role_to_assume: () => 'arn:*:iam::*:role/*',
  role_to_pass: ofIam('role'),
  function: (accountId) => `arn:*:lambda:*:${accountId}:function:*`,
  microvm: (accountId) => `arn:*:lambda:*:${accountId}:microvm*:*`,
};

/** Finds what the inventory has for the steps of a principal; lists are made once per account. */
export interface Targets {
  /** Null when the inventory does not decide. */
  of(step: Step, subject: Subject): Candidates | null;
}

export function targetsIn(inventory: Inventory): Targets {
  const roles = inventory.roles.filter(({ isServiceLinked }) => !isServiceLinked);
  const lists = {
    roles: sorted(arnsOf(roles)),
    users: sorted(inventory.users),
    groups: sorted(inventory.groups),
    functions: sorted(inventory.functions),
    toPrincipals: sorted(arnsOf(roles.filter((role) => mayLetIn(role, inventory.accountId)))),
    toService: rolesByService(roles),
  };
  const passable = remembered((service: string) => [
    ...new Set(sorted(['*', service].flatMap((name) => arnsOf(lists.toService.get(name) ?? [])))),
  ]);
  const trusts = new Map(roles.map(({ arn, trust }) => [arn, trust]));
  const any = (arns: readonly string[]): Candidates => ({ arns, accepts: () => true });
  const other = (arns: readonly string[], { requester }: Subject): Candidates => ({
    arns,
    accepts: (arn) => arn !== requester.arn,
  });
  const finders: Record<Target, (step: Step, subject: Subject) => Candidates | null> = {
    anything: () => null,
    everything: () => null,
    own_role: (_step, subject) => any(itself('role', subject)),
    own_user: (_step, subject) => any(itself('user', subject)),
    own_group: ({ action }, subject) => any(action === 'iam:AddUserToGroup' ? lists.groups : sorted(subject.groups)),
    own_policy: (_step, subject) => any(sorted(subject.ownPolicies)),
    other_user: (_step, subject) => other(lists.users, subject),
    other_role: (_step, subject) => other(lists.roles, subject),
    role_to_assume: (_step, subject) => ({
      arns: lists.toPrincipals,
      accepts: (arn) => letsIn(arn, trusts.get(arn) ?? null, subject),
    }),
    role_to_pass: ({ service = '' }) => any(passable(service)),
    function: () => any(lists.functions),
    microvm: () => null,
  };
  return { of: (step, subject) => finders[step.on](step, subject) };
}

/** By code units, as comparing with `<` does. */
function sorted(arns: readonly string[]): readonly string[] {
  return [...arns].sort();
}

function arnsOf(roles: readonly InventoriedRole[]): readonly string[] {
  return roles.map(({ arn }) => arn);
}

function itself(kind: 'role' | 'user', { requester }: Subject): readonly string[] {
  return requester.kind === kind ? [requester.arn] : [];
}

/** Whether a role of the account lets the principal assume it, its own policies and the trust taken together. */
function letsIn(arn: string, trust: PolicyDocument | null, { requester, policies }: Subject): boolean {
  if (trust === null || arn === requester.arn) return false;
  if (!trust.statements.some((one) => reachOf(one, requester) !== null)) return false;
  const request = {
    requester,
    action: 'sts:AssumeRole',
    resource: arn,
    resourceAccount: requester.accountId,
    resourceInManagementAccount: requester.inManagementAccount,
    context: new Map(),
    since: null,
  };
  return evaluate(request, { ...policies, resource: { id: arn, document: trust } }).decision !== 'denied';
}
