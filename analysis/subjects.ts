import type { Inventory, Subject } from './capabilities/inventory.ts';
import { remembered } from './capabilities/remembered.ts';
import type { CollectedAccount, CollectedRole, CollectedUser } from './collected.ts';
import { controlLevels } from './control_policies.ts';
import { grouped } from './grouped.ts';
import { type NamedPolicy, unreadPolicy } from './policies.ts';
import type { PolicyDocument } from './policy.ts';
import { organizationKeys, roleMayBeTagged, tagKeys, userMayBeTagged } from './principal_keys.ts';
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
    regions: distinctRegions([...fullyRead(collected), ...collected.functions]),
    workloadRegions: distinctRegions(collected.functions),
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

/** A region that is read to its end is enabled. */
function fullyRead({ coverage }: CollectedAccount) {
  return coverage.filter(({ resource, status }) => resource === 'functions' && status === 'ok');
}

function distinctRegions(found: readonly { readonly region: string }[]): readonly string[] {
  return [...new Set(found.map(({ region }) => region))].sort();
}

/** Stands for the policies of each group of a user that nobody described: they may allow anything. */
export function unreadGroups(user: CollectedUser, groups: CollectedAccount['groups']): readonly string[] {
  const known = new Set(groups.map(({ name }) => name));
  return user.groups.filter((name) => !known.has(name)).map((name) => `policies of group ${name}`);
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
  const organization = organizationKeys(surroundings.organization);
  const withTags = remembered((tags: string) => new Map([...organization, ...tagKeys(tags)]));
  const subject = (
    row: CollectedRole | CollectedUser,
    kind: 'role' | 'user',
    groups: readonly string[],
    mayBeTagged: (identity: readonly NamedPolicy[]) => boolean,
  ): Subject => {
    const granting = (attached.get(row.arn) ?? []).filter(({ kind }) => kind !== 'boundary');
    const ids = [...new Set(granting.map(({ policy_id }) => policy_id))];
    const unread = 'groups' in row ? unreadGroups(row, collected.groups).map(unreadPolicy) : [];
    const identity = [...ids.map(readers.policy), ...unread];
    return {
      requester: {
        kind,
        arn: row.arn,
        accountId: row.account_id,
        sessionArn: null,
        isServiceLinked: 'is_service_linked' in row && row.is_service_linked,
        inManagementAccount: surroundings.isManagement,
        known: mayBeTagged(identity) ? organization : withTags(row.tags),
      },
      policies: {
        identity,
        boundary: row.boundary_arn === null ? null : readers.policy(row.boundary_arn),
        session: null,
        ...control,
      },
      groups,
      ownPolicies: ids.filter((id) => id.startsWith('arn:') && id.includes(`:${row.account_id}:policy/`)),
    };
  };
  return [
    ...collected.roles.map((role) => {
      const trust = role.trust_policy === null ? null : readers.trust(role.trust_policy);
      return subject(role, 'role', [], () => roleMayBeTagged(trust));
    }),
    ...collected.users.map((user) => {
      const groups = user.groups.flatMap((name) => groupArns.get(name) ?? []);
      return subject(user, 'user', groups, userMayBeTagged);
    }),
  ];
}
