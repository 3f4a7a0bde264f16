import { accountNamed, functionNamed, roleNamed } from '../find.ts';
import { addFunction } from '../organization/identities.ts';
import type { Organization } from '../organization/model.ts';
import { type Chapter, driftOf } from './chapter.ts';
import { adminRoles } from './permissions.ts';

const fulfilment = (standing: Organization) => accountNamed(standing, 'fulfilment-production');
const shared = (standing: Organization) => accountNamed(standing, 'shared-services');
const sandbox = (standing: Organization) => accountNamed(standing, 'sandbox');

const [addedName, removedName] = ['fulfilment-drone-api', 'suppliers-quality-worker'] as const;

/** What happened in it while nobody could look is seen only by comparing the weeks around. */
export const accountUnreadable: Chapter = {
  unread: [{ date: '2026-10-26', account: 'fulfilment-production' }],
  changes: [
    {
      date: '2026-10-26',
      apply(standing) {
        const account = fulfilment(standing);
        addFunction(account, 'us-east-1', addedName, roleNamed(account, 'fulfilment-wave-api-role'));
      },
    },
    {
      date: '2026-11-02',
      apply(standing) {
        const { functions } = fulfilment(standing);
        functions.splice(functions.indexOf(functionNamed(fulfilment(standing), removedName)), 1);
      },
    },
  ],
  events: (at) => {
    const account_id = fulfilment(at('2026-10-12')).id;
    const added = functionNamed(fulfilment(at('2026-11-02')), addedName);
    const removed = functionNamed(fulfilment(at('2026-10-26')), removedName);
    return [
      {
        date: '2026-10-26',
        what: 'The fulfilment account is out of reach.',
        question: 'coverage_gaps',
        parameters: { snapshot: '2026-10-26' },
        expected: [{ account_id }],
      },
      ...(['2026-10-26', '2026-11-02'] as const).map((date) => ({
        ...driftOf(date),
        what: 'What was not read has neither lost nor gained anything.',
        expected: [],
        absent: [{ account_id }],
      })),
      {
        date: '2026-10-26',
        what: 'A week in which an account fails does not look better or worse: its admin roles count as they were.',
        question: 'trends',
        parameters: { scope_kind: 'organization' },
        expected: (['2026-10-19', '2026-10-26'] as const).map((snapshot_date) => ({
          snapshot_date,
          metric: 'admin_roles',
          value: at(snapshot_date).accounts.flatMap(adminRoles).length,
        })),
      },
      {
        ...driftOf('2026-11-02', '2026-10-19'),
        what: 'Across the gap both changes are seen.',
        expected: [
          { kind: 'function_added', subject: added.arn, account_id, region: added.region, after: added.role },
          { kind: 'function_removed', subject: removed.arn, account_id, region: removed.region, before: removed.role },
        ],
      },
    ];
  },
};

const deniedRegion = 'eu-central-1';

export const regionDenied: Chapter = {
  unread: [{ date: '2026-11-02', account: 'shared-services', region: deniedRegion }],
  events(at) {
    const account_id = shared(at('2026-11-02')).id;
    const place = { account_id, region: deniedRegion };
    return [
      {
        date: '2026-11-02',
        what: 'Listing functions is denied in one region of shared services.',
        question: 'coverage_gaps',
        parameters: { snapshot: '2026-11-02' },
        expected: [{ ...place, resource: 'functions', status: 'denied' }],
      },
      ...(['2026-11-02', '2026-11-09'] as const).map((date) => ({
        ...driftOf(date),
        what: 'Functions of that region are neither gone nor new.',
        expected: [],
        absent: [place],
      })),
      {
        date: '2026-11-02',
        what: 'The role that a function of that region runs as is not taken for dormant.',
        question: 'dormant_roles',
        parameters: { snapshot: '2026-11-02' },
        expected: [],
        absent: [{ role_arn: roleNamed(shared(at('2026-11-02')), 'settlement-hop-role').arn }],
      },
    ];
  },
};

export const accountSuspended: Chapter = {
  changes: [
    {
      date: '2026-11-09',
      apply(standing) {
        sandbox(standing).state = 'SUSPENDED';
      },
    },
  ],
  events(at) {
    const account_id = sandbox(at('2026-11-09')).id;
    return [
      {
        date: '2026-11-09',
        what: 'The sandbox is suspended.',
        question: 'coverage_gaps',
        parameters: { snapshot: '2026-11-09' },
        expected: [{ account_id, status: 'account_inactive' }],
      },
      {
        ...driftOf('2026-11-09'),
        what: 'Nothing is said to have gone from it.',
        expected: [],
        absent: ['role_removed', 'function_removed', 'policy_detached'].map((kind) => ({ account_id, kind })),
      },
    ];
  },
};
