import { grouped } from '../grouped.ts';
import type { Policies } from '../policies.ts';
import type { PolicyDocument, Principal } from '../policy.ts';
import type { Requester } from '../request.ts';

export interface InventoriedRole {
  readonly arn: string;
  readonly isServiceLinked: boolean;
  /** Null when it was not read. */
  readonly trust: PolicyDocument | null;
}

/** What there is in an account that a step may act on. */
export interface Inventory {
  readonly accountId: string;
  /** Regions that requests can surely be sent to; there may be more. */
  readonly regions: readonly string[];
  /** Those where functions, MicroVMs or their images are. */
  readonly workloadRegions: readonly string[];
  readonly roles: readonly InventoriedRole[];
  /** ARNs. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** ARNs of functions that have a role. */
  readonly functions: readonly string[];
}

/** A principal whose capabilities are asked for. */
export interface Subject {
  readonly requester: Requester;
  readonly policies: Omit<Policies, 'resource'>;
  /** ARNs of the groups a user is in. */
  readonly groups: readonly string[];
  /** ARNs of the customer managed policies that it has, through groups too. */
  readonly ownPolicies: readonly string[];
}

/** Roles by the services that their trust policies let in; conditions may still narrow it. */
export function rolesByService(roles: readonly InventoriedRole[]): ReadonlyMap<string, readonly InventoriedRole[]> {
  const trusting = roles.flatMap((role) => servicesOf(role).map((service) => ({ service, role })));
  const found = grouped(trusting, ({ service }) => service);
  return new Map([...found].map(([service, pairs]) => [service, pairs.map(({ role }) => role)]));
}

function servicesOf({ trust }: InventoriedRole): readonly string[] {
  const allows = trust?.statements.filter(({ effect }) => effect === 'Allow') ?? [];
  const named = allows.flatMap(({ principals }) => principals ?? []).filter(({ kind }) => kind === 'service');
  return [...new Set(named.map(({ value }) => value.toLowerCase()))];
}

/** Whether a role’s trust policy may let in some principal of an account. */
export function mayLetIn({ trust }: InventoriedRole, accountId: string): boolean {
  const allows = trust?.statements.filter(({ effect }) => effect !== 'Deny') ?? [];
  return allows.some(
    ({ principals, notPrincipals, effect }) =>
      effect === 'unknown' || notPrincipals !== null || (principals ?? []).some((one) => mayBeOf(one, accountId)),
  );
}

function mayBeOf({ kind, value }: Principal, accountId: string): boolean {
  return kind === 'canonical' || (kind === 'aws' && (value === '*' || value.includes(accountId)));
}
