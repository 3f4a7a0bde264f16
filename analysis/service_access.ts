import type { serviceAccess } from '../tables/service_access.ts';
import type { RowOf } from '../tables/table.ts';
import { expansionOf, knownActions, knownServices, type Places } from './action_catalogue.ts';
import type { Subject } from './capabilities/inventory.ts';
import type { CollectedRole, CollectedUsage } from './collected.ts';
import { BY_WILDCARD, type GrantedActions, grantedTo } from './granted_actions.ts';

type ServiceAccessRow = RowOf<typeof serviceAccess>;
type Count = Pick<ServiceAccessRow, 'granted_actions' | 'granted_write_actions' | 'wildcard'>;
type UsedService = CollectedUsage['services'][number];
type UsedAction = UsedService['actions'][number];
type Use = Pick<ServiceAccessRow, 'last_used_at' | 'tracked_since' | 'tracked_until' | 'source'>;

/** A role with what it is granted, and its report of usage where there is one. */
interface Known {
  readonly role: CollectedRole;
  readonly granted: GrantedActions;
  readonly usage: CollectedUsage | undefined;
}

/** Stands for all services that have no row of their own. */
const OTHER_SERVICES = '*';

/**
 * Services that roles are granted at most (see `grantedTo`), and what is known of their use. A wildcard over all
 * services would make hundreds of rows that say the same, so those that neither a policy nor a report of usage names
 * share one.
 */
export function serviceAccessRows(
  roles: readonly CollectedRole[],
  subjects: readonly Subject[],
  usages: readonly CollectedUsage[],
): readonly ServiceAccessRow[] {
  const subjectOf = new Map(subjects.map((subject) => [subject.requester.arn, subject]));
  const usageOf = new Map(usages.map((usage) => [usage.role_name, usage]));
  const marks = new Uint8Array(knownActions.length);
  return roles.flatMap((role) =>
    rowsOf({ role, granted: grantedTo(subjectOf.get(role.arn)!, marks), usage: usageOf.get(role.name) }),
  );
}

function rowsOf(known: Known): readonly ServiceAccessRow[] {
  const used = new Map(known.usage?.services.map((one) => [one.service, one]));
  const services = [...new Set([...known.granted.services, ...used.keys()])];
  return [
    ...services.map((service) => serviceRow(known, service, used.get(service))),
    ...[...used.values()].flatMap(({ service, actions }) => actions.map((one) => actionRow(known, service, one))),
    ...othersRow(known, services),
  ];
}

function serviceRow(known: Known, service: string, used: UsedService | undefined): ServiceAccessRow {
  const count = countIn(known.granted, knownServices.get(service));
  return rowOf(known, service, count, used === undefined ? UNTRACKED : useOf(known, used, count));
}

/** IAM tracks actions since another day in each service, and does not say which. */
function actionRow(known: Known, service: string, { action, last_attempted_at }: UsedAction): ServiceAccessRow {
  const [start] = expansionOf(`${service}:${action}`).places;
  const count = countIn(known.granted, start === undefined ? undefined : { start, end: start + 1 });
  const last_used_at = isRefused(count) ? null : last_attempted_at;
  const use = { last_used_at, tracked_since: null, tracked_until: known.usage!.reported_at, source: LAST_ACCESSED };
  return { ...rowOf(known, service, count, use), action, unknown_actions: [] };
}

/** What reaches services that nobody names, if anything does. */
function othersRow(known: Known, services: readonly string[]): readonly ServiceAccessRow[] {
  const { granted } = known;
  if (!granted.reachesOut && granted.isKnown) return [];
  const marks = granted.marks.slice();
  for (const { start, end } of services.flatMap((service) => knownServices.get(service) ?? []))
    marks.fill(0, start, end);
  const count = countIn({ ...granted, marks }, { start: 0, end: knownActions.length });
  const row = rowOf(known, OTHER_SERVICES, count, UNTRACKED);
  return count.granted_actions === 0 && row.unknown_actions.length === 0 ? [] : [row];
}

/** Written out: there are tens of thousands of rows, and spreading costs more than all the counting. */
function rowOf({ role, granted }: Known, service: string, count: Count, use: Use): ServiceAccessRow {
  return {
    account_id: role.account_id,
    region: role.region,
    role_arn: role.arn,
    service,
    action: null,
    granted_actions: count.granted_actions,
    granted_write_actions: count.granted_write_actions,
    wildcard: count.wildcard,
    last_used_at: use.last_used_at,
    tracked_since: use.tracked_since,
    source: use.source,
    tracked_until: use.tracked_until,
    unknown_actions: granted.unknown.length === 0 ? [] : unknownIn(granted, service),
  };
}

const unknownIn = ({ unknown }: GrantedActions, service: string): readonly string[] => [
  ...new Set(unknown.filter((pattern) => (expansionOf(pattern).service ?? OTHER_SERVICES) === service)),
];

const UNCOUNTED: Count = { granted_actions: null, granted_write_actions: null, wildcard: null };

/** Nobody can count what a policy that was not understood grants, nor what is in a service that nobody knows. */
function countIn({ marks, isKnown }: GrantedActions, places: Places | undefined): Count {
  if (!isKnown || places === undefined) return UNCOUNTED;
  let [all, writes, how] = [0, 0, 0];
  for (let at = places.start; at < places.end; at++) {
    if (marks[at] === 0) continue;
    all++;
    if (knownActions[at]!.isWrite) writes++;
    how |= marks[at]!;
  }
  return { granted_actions: all, granted_write_actions: writes, wildcard: (how & BY_WILDCARD) !== 0 };
}

const LAST_ACCESSED = 'service_last_accessed';
const UNTRACKED: Use = { last_used_at: null, tracked_since: null, tracked_until: null, source: 'granted' };

/** IAM reports at least so much. Page: GenerateServiceLastAccessedDetails. */
const TRACKED_DAYS = 400;
const DAY = 24 * 60 * 60 * 1000;

function useOf({ role, usage }: Known, { last_attempted_at }: UsedService, count: Count): Use {
  const { reported_at } = usage!;
  const since = Math.max(reported_at.getTime() - TRACKED_DAYS * DAY, role.created_at?.getTime() ?? 0);
  return {
    last_used_at: isRefused(count) ? null : last_attempted_at,
    tracked_since: new Date(since),
    tracked_until: reported_at,
    source: LAST_ACCESSED,
  };
}

/** IAM counts attempts: one at something of which nothing is granted was no use of it. */
const isRefused = ({ granted_actions }: Count): boolean => granted_actions === 0;
