import { functionNamed } from '../find.ts';
import { administratorAccess } from '../organization/aws_managed_policies.ts';
import type { Organization } from '../organization/model.ts';
import { sharedAdminName } from '../organization/powerful_roles.ts';
import { type Chapter, driftOf, type PartOfRow, type PlantedEvent, type Week, weekBefore, weeks } from './chapter.ts';
import { clusterOf, functionsOf } from './clusters.ts';
import { adminRoles } from './permissions.ts';
import { changes, dates, joining, leaving, type Named, place, sharedAdmin } from './shared_admin_changes.ts';

export const sharedAdminSpreads: Chapter = {
  changes,
  events: (at) => [
    ...(['2026-10-12', ...dates(joining), '2026-11-09'] as const).flatMap((date) => clusters(at(date), date)),
    ...dates(joining).map((date) => moves(at, date, joining[date]!, 'runs as the shared admin role')),
    ...dates(leaving).map((date) => moves(at, date, leaving[date]!, 'got a role of its own')),
    history(at, ['checkout-cart-api', 'us-east-1']),
    admins(at),
    detached(at('2026-11-16')),
    found(at('2026-11-02')),
    healed(at('2026-11-16')),
    resolved(at('2026-11-16')),
  ],
};

function clusters(standing: Organization, date: Week): PlantedEvent[] {
  const cluster = clusterOf(standing, sharedAdmin(standing));
  const what = `${cluster.function_count} functions run as ${sharedAdminName}, which may do everything.`;
  const asked = { date, what, parameters: { snapshot: date }, expected: [{ ...cluster, is_admin: true }] };
  return [
    { ...asked, question: 'shared_admin_roles' },
    { ...asked, question: 'shared_role_clusters' },
  ];
}

function moves(at: (date: Week) => Organization, date: Week, names: readonly Named[], what: string): PlantedEvent {
  const [before, after] = [place(at(weekBefore(date))), place(at(date))];
  const expected = names.map(([name, region]): PartOfRow => {
    const now = functionNamed(after, name, region);
    return {
      kind: 'function_role_changed',
      subject: now.arn,
      account_id: after.id,
      region,
      before: functionNamed(before, name, region).role,
      after: now.role,
    };
  });
  return { ...driftOf(date), what: `Each of ${names.map(([name]) => name).join(', ')} ${what}.`, expected };
}

function history(at: (date: Week) => Organization, [name, region]: Named): PlantedEvent {
  const roles = weeks.map((date) => functionNamed(place(at(date)), name, region));
  return {
    date: '2026-11-16',
    what: `${name} of ${region} ran as three roles in six weeks.`,
    question: 'function_role_history',
    parameters: { function: roles[0]!.arn },
    expected: weeks.map((snapshot_date, i) => ({
      snapshot_date,
      role_arn: roles[i]!.role,
      changed: i > 0 && roles[i]!.role !== roles[i - 1]!.role,
    })),
  };
}

function admins(at: (date: Week) => Organization): PlantedEvent {
  const expected = weeks.map((snapshot_date) => {
    const account = place(at(snapshot_date));
    const used = adminRoles(account).filter(({ arn }) => functionsOf(at(snapshot_date), arn).length > 0);
    return { snapshot_date, scope: account.id, metric: 'admin_roles_used_by_functions', value: used.length };
  });
  const what = 'The trend of admin roles that functions run as ends at nought in production of the storefront.';
  return { date: '2026-11-16', what, question: 'trends', parameters: { scope_kind: 'account' }, expected };
}

const detached = (standing: Organization): PlantedEvent => ({
  ...driftOf('2026-11-16'),
  what: `${sharedAdminName} is not admin any more.`,
  expected: [{ kind: 'policy_detached', subject: sharedAdmin(standing), before: administratorAccess, after: null }],
});

const found = (standing: Organization): PlantedEvent => ({
  date: '2026-11-02',
  what: 'It is an open finding since the first week.',
  question: 'open_findings',
  parameters: { snapshot: '2026-11-02' },
  expected: [
    { rule_id: 'shared_admin_role', resource_arn: sharedAdmin(standing), first_seen: '2026-10-12', age_days: 21 },
  ],
});

const healed = (standing: Organization): PlantedEvent => ({
  date: '2026-11-16',
  what: `Only ${functionsOf(standing, sharedAdmin(standing)).length} function is left on ${sharedAdminName}, which is narrow now.`,
  question: 'shared_admin_roles',
  parameters: { snapshot: '2026-11-16' },
  expected: [],
  absent: [{ role_arn: sharedAdmin(standing) }],
});

const resolved = (standing: Organization): PlantedEvent => ({
  date: '2026-11-16',
  what: 'The finding is resolved.',
  question: 'open_findings',
  parameters: { snapshot: '2026-11-16' },
  expected: [],
  absent: [{ rule_id: 'shared_admin_role', resource_arn: sharedAdmin(standing) }],
});
