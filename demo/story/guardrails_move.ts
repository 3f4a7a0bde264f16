import { accountNamed } from '../find.ts';
import { workloads } from '../organization/accounts.ts';
import { regionGuard } from '../organization/control_policies.ts';
import type { Organization } from '../organization/model.ts';
import { type Chapter, driftOf } from './chapter.ts';

const moved = (standing: Organization) => accountNamed(standing, 'data-staging');

export const accountMoves: Chapter = {
  changes: [
    {
      date: '2026-11-02',
      apply(standing) {
        moved(standing).unit = workloads;
      },
    },
  ],
  events: (at) => [
    {
      ...driftOf('2026-11-02'),
      what: 'The staging account of the data team moves up and out of the rules for non-production.',
      expected: [{ kind: 'account_moved', account_id: moved(at('2026-11-02')).id }],
    },
  ],
};

const guard = (standing: Organization) => standing.controlPolicies.find(({ name }) => name === 'only-our-regions')!;

export const guardrailChanges: Chapter = {
  changes: [
    {
      date: '2026-11-09',
      apply(standing) {
        guard(standing).document = regionGuard(['eu-*', 'us-*', 'ap-southeast-2']);
      },
    },
  ],
  events: (at) => [
    {
      ...driftOf('2026-11-09'),
      what: 'The control policy on regions lets one more region in.',
      expected: at('2026-11-09')
        .accounts.filter((account) => account.unit === guard(at('2026-11-09')).targets[0])
        .map((account) => ({
          kind: 'organization_policy_changed',
          subject: guard(at('2026-11-09')).id,
          account_id: account.id,
        })),
    },
  ],
};
