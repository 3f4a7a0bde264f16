import type { Inventory, Subject } from './capabilities/inventory.ts';
import type { CollectedAccount, CollectedRole, CollectedUser } from './collected.ts';
import { controlLevels } from './control_policies.ts';
import { grouped } from './grouped.ts';
import type { NamedPolicy } from './policies.ts';
import type { PolicyDocument } from './policy.ts';
import type { Requester } from './request.ts';
import type { Surroundings } from './surroundings.ts';

/** Looks up what was read of an account; the same question gives the same object. */
export interface Readers {
  /** A policy in force by its id. */
  policy(id: string): NamedPolicy;
  trust(text: string): PolicyDocument;
}

/** What there is in an account, as far as capabilities ask. */
export function inventoryOf(collected: CollectedAccount, readers: Readers): Inventory {
  return {
    accountId: collected.accountId,
    roles: collected.roles.map(({ arn, is_service_linked, trust_policy }) => ({
      arn,
      isServiceLinked: is_service_linked,
      trust: trust_policy === null ? null : readers.trust(trust_policy),
    })),
    users: collected.users.map(({ arn }) => arn),
    groups: collected.groups.map(({ arn }) => arn),
    functions: collected.functions.filter(({ role_arn }) => role_arn !== null).map(({ function_arn }) => function_arn),
  };
}

/** Every role and user with all policies that have a say about it, roles first. */
export function subjectsOf(
  collected: CollectedAccount,
  readers: Readers,
  surroundings: Surroundings,
): readonly Subject[] {
  const attached = grouped(collected.policyAttachments, ({ principal_arn }) => principal_arn);
  const control = controlLevels(surroundings);
  const groupArns = new Map(collected.groups.map(({ name, arn }) => [name, arn]));
  const subject = (row: CollectedRole | CollectedUser, requester: Requester, groups: readonly string[]): Subject => {
    const granting = (attached.get(row.arn) ?? []).filter(({ kind }) => kind !== 'boundary');
    const ids = [...new Set(granting.map(({ policy_id }) => policy_id))];
    return {
      requester,
      policies: {
        identity: ids.map(readers.policy),
        boundary: row.boundary_arn === null ? null : readers.policy(row.boundary_arn),
        session: null,
        ...control,
      },
      groups,
      ownPolicies: ids.filter((id) => id.startsWith('arn:') && id.includes(`:${row.account_id}:policy/`)),
    };
  };
  const requester = requesterIn(surroundings);
  return [
    ...collected.roles.map((role) => subject(role, requester('role', role, role.is_service_linked), [])),
    ...collected.users.map((user) =>
      subject(
        user,
        requester('user', user, false),
        user.groups.flatMap((name) => groupArns.get(name) ?? []),
      ),
    ),
  ];
}

function requesterIn({ isManagement }: Surroundings) {
  return (kind: 'role' | 'user', { arn, account_id }: CollectedUser | CollectedRole, isServiceLinked: boolean) =>
    ({
      kind,
      arn,
      accountId: account_id,
      sessionArn: null,
      isServiceLinked,
      inManagementAccount: isManagement,
    }) as const;
}
