import { analyzeAccount } from './account.ts';
import type { CollectedAccount } from './collected.ts';
import { parseDocument } from './document.ts';
import type { PolicyText } from './simulate.ts';
import type { Surroundings } from './surroundings.ts';

/** An account as it was read, and what decides about it from outside. */
export interface Situation {
  readonly collected: CollectedAccount;
  readonly surroundings: Surroundings;
}

/** A policy that is not there yet. */
export interface Cap extends PolicyText {
  readonly kind: 'boundary' | 'scp';
}

/** Something that a principal could do, and can do otherwise or no more. */
export interface Change {
  readonly account_id: string;
  readonly principal_arn: string;
  readonly kind: 'capability' | 'path' | 'use';
  /** Name of the capability; method of the path and the role that it leads to; service or action that is used. */
  readonly subject: string;
  /** Verdict, with the scope of a capability; `none` when there is nothing. */
  readonly before: string;
  readonly after: string;
}

/**
 * The same account with one more cap: an SCP attached to the account, or a boundary on its roles and users, in place
 * of the one that they have. Service-linked roles take none.
 * @param only ARN of the one role or user that gets the boundary; null for all
 * Pages: Permissions boundaries for IAM entities; SCP evaluation.
 */
export function capped(situation: Situation, cap: Cap, only: string | null): Situation {
  return cap.kind === 'scp' ? withScp(situation, cap) : withBoundary(situation, cap, only);
}

/** What changes between two situations of an account, in the order of principals and subjects. */
export function changesBetween(before: Situation, after: Situation): readonly Change[] {
  const [old, next] = [verdictsIn(before), verdictsIn(after)];
  const keys = [...new Set([...old.keys(), ...next.keys()])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), next.get(key)];
    if (was?.verdict === is?.verdict) return [];
    const { verdict: _, ...what } = (was ?? is)!;
    return [{ ...what, before: was?.verdict ?? 'none', after: is?.verdict ?? 'none' }];
  });
}

function withScp({ collected, surroundings }: Situation, { name, text }: Cap): Situation {
  const { statements, sha256 } = parseDocument(text, 'identity');
  const above = surroundings.controlPolicies.filter(({ type }) => type === SCP);
  const row = (policy_id: string, document: string) => ({
    ...{ account_id: collected.accountId, policy_id, name: policy_id, type: SCP, target: collected.accountId },
    ...{
      level: 1 + Math.max(-1, ...above.map(({ level }) => level)),
      document,
      document_sha256: sha256,
      unknown_actions: [],
    },
  });
  const onlyDenies = statements.every(({ effect }) => effect === 'Deny');
  const added = [row(name, text), ...(onlyDenies ? [row('FullAWSAccess', FULL_ACCESS)] : [])];
  return { collected, surroundings: { ...surroundings, controlPolicies: [...surroundings.controlPolicies, ...added] } };
}

const SCP = 'SERVICE_CONTROL_POLICY';
/** A policy that only denies stands beside it. Page: Strategies for using SCPs, Using SCPs as a deny list. */
const FULL_ACCESS = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

function withBoundary({ collected, surroundings }: Situation, { name, text }: Cap, only: string | null): Situation {
  const bound = <T extends { readonly arn: string; readonly boundary_arn: string | null }>(principal: T): T =>
    only === null || principal.arn === only ? { ...principal, boundary_arn: name } : principal;
  const boundary = {
    ...{ account_id: collected.accountId, region: 'global', policy_id: name, version_id: 'v1', is_default: true },
    ...{ kind: 'managed', is_aws_managed: false, name, document: text, updated_at: null },
  };
  return {
    surroundings,
    collected: {
      ...collected,
      roles: collected.roles.map((role) => (role.is_service_linked ? role : bound(role))),
      users: collected.users.map(bound),
      policies: [...collected.policies, boundary],
    },
  };
}

type Found = Omit<Change, 'before' | 'after'> & { readonly verdict: string };

/** What is denied counts as nothing: it was so before any cap. */
function verdictsIn({ collected, surroundings }: Situation): ReadonlyMap<string, Found> {
  const { capabilities, workload_paths } = analyzeAccount(collected, surroundings);
  const granted = capabilities.filter(({ verdict }) => verdict !== 'denied');
  const found: readonly Found[] = [
    ...granted.map(({ account_id, principal_arn, capability, verdict, scope }) => ({
      ...{ account_id, principal_arn, kind: 'capability' as const },
      ...{ subject: capability, verdict: `${verdict}, ${scope}` },
    })),
    ...workload_paths.map(({ account_id, principal_arn, method, role_arn, role_count, verdict }) => ({
      ...{ account_id, principal_arn, kind: 'path' as const, verdict },
      subject: `${method} to ${role_count > 1 ? `${role_count} roles` : role_arn}`,
    })),
  ];
  return new Map(found.map((one) => [JSON.stringify([one.principal_arn, one.kind, one.subject]), one]));
}
