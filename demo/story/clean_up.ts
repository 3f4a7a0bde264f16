import { accountNamed, roleNamed } from '../find.ts';
import { allow, document, listOf, type Statement, statementsOf } from '../organization/documents.ts';
import type { Account, Organization, Role } from '../organization/model.ts';
import { type Chapter, driftOf, type PlantedEvent, type Week, weeks } from './chapter.ts';
import { serviceWildcards } from './permissions.ts';

const narrowed: Partial<Record<Week, readonly string[]>> = {
  '2026-11-09': ['payments-production', 'fulfilment-production'],
  '2026-11-16': ['storefront-production', 'data-production'],
};
const weeksOfNarrowing = Object.keys(narrowed) as Week[];

const isWholeService = (statement: Statement): boolean =>
  statement.Resource === '*' && listOf(statement.Action).every((action) => ['s3:*', 'dynamodb:*'].includes(action));

/** Inline policies of service roles that allow a whole service on everything. */
const wide = (account: Account): { role: Role; policy: string }[] =>
  account.roles.flatMap((role) =>
    Object.entries(role.inline)
      .filter(
        ([policy, of]) => policy.endsWith('-access') && typeof of !== 'string' && statementsOf(of).some(isWholeService),
      )
      .map(([policy]) => ({ role, policy })),
  );

function narrow(account: Account): void {
  for (const { role, policy } of wide(account)) {
    const bucket = `arn:aws:s3:::brightaisle-${role.name.replace(/-role$/, '')}/*`;
    role.inline[policy] = document(allow(['s3:GetObject', 's3:PutObject'], bucket));
  }
}

function narrowing(at: (date: Week) => Organization, before: Week, date: Week): PlantedEvent {
  const changed = narrowed[date]!.flatMap((name) => wide(accountNamed(at(before), name)));
  return {
    ...driftOf(date),
    what: `${changed.length} policies that allowed a whole service are narrowed to what is used.`,
    expected: changed.map(({ role, policy }) => ({ kind: 'policy_changed', subject: `${role.arn}#${policy}` })),
  };
}

/** All six weeks of one account: the same for a month, then fewer. */
function trend(at: (date: Week) => Organization, name: string): PlantedEvent {
  const counted = weeks.map((snapshot_date) => {
    const account = accountNamed(at(snapshot_date), name);
    return { snapshot_date, scope: account.id, service_wildcard: serviceWildcards(account) };
  });
  return {
    date: '2026-11-16',
    what: `In ${name} statements with a whole service went from ${counted[0]!.service_wildcard} to ${counted.at(-1)!.service_wildcard}.`,
    question: 'wildcard_trend',
    parameters: { scope_kind: 'account' },
    expected: counted,
  };
}

export const wildcardsNarrowed: Chapter = {
  changes: weeksOfNarrowing.map((date) => ({
    date,
    apply(standing) {
      for (const name of narrowed[date]!) narrow(accountNamed(standing, name));
    },
  })),
  events: (at) => [
    narrowing(at, '2026-11-02', '2026-11-09'),
    narrowing(at, '2026-11-09', '2026-11-16'),
    trend(at, 'payments-production'),
    trend(at, 'data-production'),
  ],
};

const leftover = (standing: Organization) =>
  roleNamed(accountNamed(standing, 'payments-production'), 'hackday-bot-role');

export const dormantRemoved: Chapter = {
  changes: [
    {
      date: '2026-11-16',
      apply(standing) {
        const { roles } = accountNamed(standing, 'payments-production');
        roles.splice(roles.indexOf(leftover(standing)), 1);
      },
    },
  ],
  events: (at) => {
    const role_arn = leftover(at('2026-11-09')).arn;
    return [
      {
        date: '2026-11-09',
        what: 'Nothing runs as the role of a hack day.',
        question: 'dormant_roles',
        parameters: { snapshot: '2026-11-09' },
        expected: [{ role_arn }],
      },
      {
        ...driftOf('2026-11-16'),
        what: 'It is deleted.',
        expected: [{ kind: 'role_removed', subject: role_arn, after: null }],
      },
    ];
  },
};
