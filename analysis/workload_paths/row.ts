import type { RowOf } from '../../tables/table.ts';
import type { workloadPaths } from '../../tables/workload_paths.ts';
import type { Authority, Grant } from '../authority.ts';
import type { Deciding } from '../evaluate.ts';
import { gainNames, gainOf, gravest } from './gains.ts';
import type { Reach, Reached } from './reach.ts';

export type WorkloadPath = RowOf<typeof workloadPaths>;

/** One step of a path, as the table holds it. */
export interface PathStep {
  readonly action: string;
  /** Patterns that the grant names. */
  readonly on: readonly string[];
  /** The statement that allows it; null when none does. */
  readonly by: Place | null;
}

interface Place {
  readonly layer: string;
  readonly policy_id: string;
  readonly position: number | null;
  readonly sid: string | null;
}

/** What a condition is, or what else nobody can decide. */
export type Open = Place | { readonly because: string };

/** Shared by all paths of a principal by one method. */
export interface Way {
  readonly accountId: string;
  readonly principalArn: string;
  readonly method: string;
  /** Before the role is come to; `to` adds what is done with the role’s own grant. */
  readonly steps: readonly PathStep[];
  readonly to: string | null;
  readonly open: readonly Open[];
  /** Deny statements that may take some of it away. */
  readonly blocked: readonly Open[];
  /** Null for a path that is whole. */
  readonly missing: string | null;
  /** Sensitive authority of the principal itself. */
  readonly own: number;
  /** What is left of a gain by a role, less what the principal has on the same named resources. */
  readonly left: (gain: number, roleArn: string) => number;
}

/** Beyond, the roles of a principal and method are told in one row; where a step is missing they always are. */
const MOST_ROLES = 20;
const MOST_FUNCTIONS = 5;
const MOST_PATTERNS = 3;

interface Gained {
  readonly gain: number;
  readonly reached: Reached;
}

/** Rows of the roles whose authority the principal lacks; none when it gains nothing. */
export function rowsOf(way: Way, { groups, grants }: Reach): readonly WorkloadPath[] {
  const sum = summed(groups, way.own);
  if (sum.gravest === null) return [];
  if (sum.roleCount > MOST_ROLES) return [row(way, grants, sum.gravest, sum)];
  const gained = gainedFrom(groups, way);
  if (way.missing === null)
    return gained.map((one) => row(way, grants, one, { roleCount: 1, functionCount: one.reached.workloads.length }));
  const [first] = gained.toSorted((a, b) => (isGraver(a.gain, a.reached, b) ? -1 : 1));
  if (first === undefined) return [];
  const functionCount = gained.reduce((count, { reached }) => count + reached.workloads.length, 0);
  const gain = gained.reduce((all, one) => all | one.gain, 0);
  return [row(way, grants, { gain, reached: first.reached }, { roleCount: gained.length, functionCount })];
}

/** Few roles, looked at one by one. */
function gainedFrom(groups: Reach['groups'], { own, left, principalArn }: Way): readonly Gained[] {
  return groups.flatMap(({ authority, reached }) => {
    const gain = gainOf(authority, own);
    const others = gain === 0 ? [] : reached.filter(({ roleArn }) => roleArn !== principalArn);
    const found = others.map((one) => ({ gain: left(gain, one.roleArn), reached: one }));
    return found.filter((one) => one.gain !== 0);
  });
}

interface Counts {
  readonly roleCount: number;
  readonly functionCount: number;
}

interface Sum extends Counts {
  /** The role with the gravest gain, and the gain of all together; null when there is none. */
  readonly gravest: Gained | null;
}

const sums = new WeakMap<Reach['groups'], Map<number, Sum>>();

/** Many principals have the same authority and reach the same roles. */
function summed(groups: Reach['groups'], own: number): Sum {
  const known = sums.get(groups) ?? new Map<number, Sum>();
  sums.set(groups, known);
  const sum = known.get(own) ?? sumOf(groups, own);
  known.set(own, sum);
  return sum;
}

/** A loop without lists on the way: an account has as many groups as roles, and as many sums as principals. */
function sumOf(groups: Reach['groups'], own: number): Sum {
  let [roleCount, functionCount, all] = [0, 0, 0];
  let first: Gained | null = null;
  for (const { authority, reached, workloadCount } of groups) {
    const gain = gainOf(authority, own);
    if (gain === 0) continue;
    roleCount += reached.length;
    functionCount += workloadCount;
    all |= gain;
    if (first === null || isGraver(gain, reached[0]!, first)) first = { gain, reached: reached[0]! };
  }
  return { roleCount, functionCount, gravest: first === null ? null : { gain: all, reached: first.reached } };
}

function isGraver(gain: number, { roleArn }: Reached, than: Gained): boolean {
  const order = gravest(gain) - gravest(than.gain);
  return order === 0 ? roleArn < than.reached.roleArn : order < 0;
}

function row(
  way: Way,
  grants: readonly Grant[],
  { gain, reached }: Gained,
  { roleCount, functionCount }: Counts,
): WorkloadPath {
  const by = grants[reached.grant] ?? null;
  const isSure = reached.holds === true;
  const open = isSure ? way.open : [...way.open, ...(by === null ? [] : openIn(by)), ...way.blocked];
  const steps = way.to === null ? way.steps : [...way.steps, stepOf(way.to, by)];
  const isOpen = open.length > 0 || !isSure;
  return {
    account_id: way.accountId,
    region: 'global',
    principal_arn: way.principalArn,
    method: way.method,
    role_arn: reached.roleArn,
    function_count: functionCount,
    functions: reached.workloads.slice(0, MOST_FUNCTIONS),
    gained: gainNames(gain),
    verdict: way.missing !== null ? 'path_reduced' : isOpen ? 'conditional' : 'risk_possible',
    missing_step: way.missing,
    conditions: open.length === 0 ? null : JSON.stringify(open),
    steps: JSON.stringify(steps),
    role_count: roleCount,
  };
}

/** Statements of a grant that may not hold. */
export function openIn({ by }: Grant): readonly Open[] {
  return by.filter(({ holds }) => holds !== true).map(placeOf);
}

/** A step with the statement of the principal’s own policies that allows it. */
export function stepOf(action: string, grant: Grant | null): PathStep {
  const by = grant?.by.find(({ layer }) => layer === 'identity' || layer === 'resource');
  return {
    action,
    on: grant?.within.slice(0, MOST_PATTERNS) ?? [],
    by: by === undefined ? null : placeOf(by),
  };
}

/** Deny statements of an authority that may hold. */
export function blockedIn({ blocked }: Authority): readonly Open[] {
  return blocked.filter(({ holds }) => holds !== true).map(placeOf);
}

export function placeOf({ layer, policy_id, position, sid }: Deciding): Place {
  return { layer, policy_id, position, sid };
}
