import { accountNamed, roleNamed } from '../find.ts';
import { outsideAccount, sharedServicesId } from '../organization/accounts.ts';
import { trust } from '../organization/documents.ts';
import type { Organization } from '../organization/model.ts';
import { readerName } from '../organization/trusting_roles.ts';
import { uniqueId } from '../seeded.ts';
import { type Chapter, driftOf } from './chapter.ts';

const role = (standing: Organization, account: string, name: string) =>
  roleNamed(accountNamed(standing, account), name);

const ledger = (standing: Organization) => role(standing, 'payments-production', 'billing-ledger-api-role');

export const boundaryRemoved: Chapter = {
  changes: [
    {
      date: '2026-10-19',
      apply(standing) {
        ledger(standing).boundary = null;
      },
    },
  ],
  events: (at) => [
    {
      ...driftOf('2026-10-19'),
      what: 'The role of the billing ledger loses its permissions boundary.',
      expected: [
        {
          kind: 'boundary_changed',
          subject: ledger(at('2026-10-19')).arn,
          region: 'global',
          before: ledger(at('2026-10-12')).boundary,
          after: null,
        },
      ],
    },
    {
      date: '2026-10-19',
      what: 'It is among the roles without a boundary from then on.',
      question: 'roles_without_boundary',
      parameters: { snapshot: '2026-10-19' },
      expected: [{ role_arn: ledger(at('2026-10-19')).arn }],
    },
  ],
};

const reader = (standing: Organization) => role(standing, 'data-production', readerName);

export const trustOpens: Chapter = {
  changes: [
    {
      date: '2026-11-02',
      apply(standing) {
        const principals = [sharedServicesId, outsideAccount].map((id) => `arn:aws:iam::${id}:root`);
        reader(standing).trust = trust({ AWS: principals });
      },
    },
  ],
  events: (at) => [
    {
      ...driftOf('2026-11-02'),
      what: 'The trust of the reporting reader opens to an account outside the organization, without an external id.',
      expected: [{ kind: 'trust_changed', subject: reader(at('2026-11-02')).arn, region: 'global' }],
    },
  ],
};

const label = (standing: Organization) => role(standing, 'fulfilment-production', 'shipping-label-api-role');

export const roleRecreated: Chapter = {
  changes: [
    {
      date: '2026-11-09',
      apply(standing) {
        const { roles } = accountNamed(standing, 'fulfilment-production');
        const former = label(standing);
        const id = uniqueId('AROA', `${former.arn} made again`);
        roles[roles.indexOf(former)] = { ...former, id, createdAt: '2026-11-05T10:20:00.000Z' };
      },
    },
  ],
  events: (at) => [
    {
      ...driftOf('2026-11-09'),
      what: 'The role of the shipping label API is deleted and made again under the same name.',
      expected: [
        {
          kind: 'role_recreated',
          subject: label(at('2026-11-09')).arn,
          before: label(at('2026-11-02')).id,
          after: label(at('2026-11-09')).id,
        },
      ],
    },
  ],
};
