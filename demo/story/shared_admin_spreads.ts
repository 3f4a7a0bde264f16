import { accountNamed, functionNamed, roleNamed } from '../find.ts';
import { administratorAccess, lambdaBasicExecution } from '../organization/aws_managed_policies.ts';
import { allow, document, trustService } from '../organization/documents.ts';
import { executionBoundary } from '../organization/execution_boundary.ts';
import { addRole } from '../organization/identities.ts';
import type { Account, Organization } from '../organization/model.ts';
import { sharedAdminName } from '../organization/powerful_roles.ts';
import { type Chapter, driftOf, type PartOfRow, type PlantedEvent, type Week, weekBefore, weeks } from './chapter.ts';
import { clusterOf, functionsOf } from './clusters.ts';

type Named = readonly [name: string, region: string];

const [west, us] = ['eu-west-1', 'us-east-1'] as const;

/** Functions that are moved onto the shared admin role, because that makes the error go away. */
const joining: Partial<Record<Week, readonly Named[]>> = {
  '2026-10-19': [
    ['content-page-worker', west],
    ['catalog-image-worker', west],
  ],
  '2026-10-26': [
    ['search-index-worker', west],
    ['checkout-receipt-worker', west],
    ['accounts-avatar-worker', west],
  ],
  '2026-11-02': [['checkout-cart-api', us]],
};

/** Functions that get roles of their own again. */
const leaving: Partial<Record<Week, readonly Named[]>> = {
  '2026-11-09': [
    ['checkout-cart-api', us],
    ['checkout-receipt-worker', west],
    ['search-index-worker', west],
    ['accounts-avatar-worker', west],
  ],
  '2026-11-16': [
    ['content-page-worker', west],
    ['catalog-image-worker', west],
    ['storefront-cache-warmer', west],
    ['storefront-sitemap-builder', west],
  ],
};

const place = (standing: Organization): Account => accountNamed(standing, 'storefront-production');
const sharedAdmin = (standing: Organization): string => roleNamed(place(standing), sharedAdminName).arn;

function join(standing: Organization, names: readonly Named[], date: Week): void {
  for (const [name, region] of names) moveTo(standing, [name, region], sharedAdmin(standing), date);
}

/** The way back: a role of its own by the naming rule, a narrow policy, a boundary, a trust with aws:SourceAccount. */
function leave(standing: Organization, names: readonly Named[], date: Week): void {
  const account = place(standing);
  for (const [name, region] of names) {
    const own = addRole(account, `lambda-${name}-role`, trustOfAccount(account), {
      inline: { 'least-privilege': document(allow('s3:GetObject', `arn:aws:s3:::brightaisle-${name}/*`)) },
      attached: [lambdaBasicExecution],
      boundary: executionBoundary(account),
      tags: { team: 'storefront', environment: 'production' },
    });
    moveTo(standing, [name, region], own.arn, date);
  }
}

const trustOfAccount = (account: Account) =>
  trustService('lambda', { StringEquals: { 'aws:SourceAccount': account.id } });

function moveTo(standing: Organization, [name, region]: Named, role: string, date: Week): void {
  const moved = functionNamed(place(standing), name, region);
  moved.role = role;
  moved.lastModified = `${date}T04:10:00.000Z`;
}

/** The last function leaves, and nobody needs AdministratorAccess any more. */
function detachAdmin(standing: Organization): void {
  const { attached } = roleNamed(place(standing), sharedAdminName);
  attached.splice(attached.indexOf(administratorAccess), 1);
}

const dates = (of: typeof joining): Week[] => Object.keys(of) as Week[];

export const sharedAdminSpreads: Chapter = {
  changes: [
    ...dates(joining).map((date) => ({ date, apply: (all: Organization) => join(all, joining[date]!, date) })),
    ...dates(leaving).map((date) => ({ date, apply: (all: Organization) => leave(all, leaving[date]!, date) })),
    { date: '2026-11-16', apply: detachAdmin },
  ],
  events: (at) => [
    ...(['2026-10-12', ...dates(joining), '2026-11-09'] as const).flatMap((date) => clusters(at(date), date)),
    ...dates(joining).map((date) => moves(at, date, joining[date]!, 'runs as the shared admin role')),
    ...dates(leaving).map((date) => moves(at, date, leaving[date]!, 'got a role of its own')),
    history(at, ['checkout-cart-api', us]),
    detached(at('2026-11-16')),
    healed(at('2026-11-16')),
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

const detached = (standing: Organization): PlantedEvent => ({
  ...driftOf('2026-11-16'),
  what: `${sharedAdminName} is not admin any more.`,
  expected: [{ kind: 'policy_detached', subject: sharedAdmin(standing), before: administratorAccess, after: null }],
});

const healed = (standing: Organization): PlantedEvent => ({
  date: '2026-11-16',
  what: `Only ${functionsOf(standing, sharedAdmin(standing)).length} function is left on ${sharedAdminName}, which is narrow now.`,
  question: 'shared_admin_roles',
  parameters: { snapshot: '2026-11-16' },
  expected: [],
  absent: [{ role_arn: sharedAdmin(standing) }],
});
