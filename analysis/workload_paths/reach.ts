import { type Authority, type Grant, grantCovers } from '../authority.ts';
import { rangeOf } from '../capabilities/candidates.ts';
import { remembered } from '../capabilities/remembered.ts';
import { grouped } from '../grouped.ts';
import type { Workload, Workloads } from './workloads.ts';

/** A role and by which workloads it is come to. */
export interface Reached {
  readonly roleArn: string;
  /** Sorted; none for a role that is passed. */
  readonly workloads: readonly string[];
  readonly holds: Grant['holds'];
  /** Which of several grants decides. */
  readonly grant: number;
}

/** Roles of the same authority, the first by ARN ahead. */
interface SameAuthority {
  readonly authority: number;
  readonly reached: readonly Reached[];
  readonly workloadCount: number;
}

export interface Reach {
  readonly groups: readonly SameAuthority[];
  readonly grants: readonly Grant[];
}

type WorkloadKind = keyof Workloads;

interface Asked {
  readonly kind: WorkloadKind;
  readonly grant: Grant;
}

export interface Reaches {
  /** Roles that what is granted on workloads leads to. */
  by(kind: WorkloadKind, authority: Authority): Reach;
  all(kind: WorkloadKind): Reach;
}

/** Principals by the thousand are granted the same patterns: each is looked up once, whichever statement says it. */
export function reachIn(workloads: Workloads, authorityOf: (roleArn: string) => number): Reaches {
  const covered = coverageIn(workloads);
  const groups = remembered(
    (asked: readonly Asked[]) =>
      sameAuthorities(
        asked.map((one) => ({ found: covered(one), holds: one.grant.holds })),
        authorityOf,
      ),
    (asked) => asked.map((one) => `${one.grant.holds} ${grantKey(one)}`).join(' and '),
  );
  const by = (kind: WorkloadKind, { grants }: Authority): Reach => {
    const size = workloads[kind].length;
    const whole = grants.find((grant) => grant.holds === true && covered({ kind, grant }).length === size);
    const telling = whole === undefined ? grants : [whole];
    return { groups: groups(telling.map((grant) => ({ kind, grant }))), grants: telling };
  };
  return {
    by,
    all: remembered((kind: WorkloadKind) => ({
      groups: sameAuthorities([{ found: workloads[kind], holds: true }], authorityOf),
      grants: [],
    })),
  };
}

/** Workloads that a grant names; those that no text of the grant can begin are not even looked at. */
function coverageIn(workloads: Workloads): (asked: Asked) => readonly Workload[] {
  const arns = remembered((kind: WorkloadKind) => workloads[kind].map(({ arn }) => arn));
  return remembered(({ kind, grant }: Asked) => {
    const { start, end } = rangeOf({ arns: arns(kind), accepts: () => true }, grant);
    return workloads[kind].slice(start, end).filter(({ arn }) => grantCovers(grant, arn));
  }, grantKey);
}

function grantKey({ kind, grant }: Asked): string {
  return `${kind} ${grant.within.join(' ')} but ${grant.except.join(' ')}`;
}

interface Covered {
  readonly found: readonly Workload[];
  readonly holds: Grant['holds'];
}

function sameAuthorities(
  covered: readonly Covered[],
  authorityOf: (roleArn: string) => number,
): readonly SameAuthority[] {
  const byRole = reachedBy(covered);
  const reached = [...byRole.keys()].sort().map((roleArn) => inOrder(byRole.get(roleArn)!));
  return [...grouped(reached, ({ roleArn }) => authorityOf(roleArn))].map(([authority, same]) => ({
    authority,
    reached: same,
    workloadCount: same.reduce((sum, { workloads }) => sum + workloads.length, 0),
  }));
}

type Reaching = Reached & { readonly workloads: string[] };

/** What surely holds decides, the first of it. */
function reachedBy(covered: readonly Covered[]): ReadonlyMap<string, Reaching> {
  const byRole = new Map<string, Reaching>();
  for (const [grant, { found, holds }] of covered.entries()) {
    for (const { roleArn, name, sure } of found) {
      const known = byRole.get(roleArn);
      const workloads = known?.workloads ?? [];
      if (name !== '') workloads.push(name);
      if (known?.holds === true || (known !== undefined && !(holds === true && sure))) continue;
      byRole.set(roleArn, { roleArn, workloads, holds: holds === true && sure ? true : 'unknown', grant });
    }
  }
  return byRole;
}

function inOrder(reached: Reaching): Reached {
  return reached.workloads.length < 2 ? reached : { ...reached, workloads: [...new Set(reached.workloads)].sort() };
}
