import { accountNamed, roleNamed } from '../find.ts';
import { outsideAccount, sharedServicesId } from '../organization/accounts.ts';
import { awsManaged } from '../organization/aws_managed_policies.ts';
import { allow, document, trust, trustLambda } from '../organization/documents.ts';
import { addFunction, addRole } from '../organization/identities.ts';
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

const cloneName = 'tmp-export-role';
const original = (standing: Organization) => role(standing, 'data-production', 'object-remover-role');
const clone = (standing: Organization) => role(standing, 'storefront-staging', cloneName);

/** Permissions are copied by hand into another account, under another name. */
export const roleCloned: Chapter = {
  changes: [
    {
      date: '2026-10-26',
      apply(standing) {
        const account = accountNamed(standing, 'storefront-staging');
        const { inline, attached } = original(standing);
        const copy = addRole(account, cloneName, trustLambda, { inline: { ...inline }, attached: [...attached] });
        addFunction(account, 'eu-west-1', 'tmp-export', copy, { lastModified: '2026-10-22T15:42:11.000Z' });
      },
    },
  ],
  events: (at) => [
    {
      ...driftOf('2026-10-26'),
      what: 'A role appears in staging.',
      expected: [{ kind: 'role_added', subject: clone(at('2026-10-26')).arn, before: null }],
    },
    {
      date: '2026-10-26',
      what: 'It has the permissions of a production role that may delete every object.',
      question: 'cloned_roles',
      parameters: { snapshot: '2026-10-26' },
      expected: [original, clone].map((of) => ({ role_arn: of(at('2026-10-26')).arn })),
    },
    {
      date: '2026-10-19',
      what: 'The week before the original had no copy.',
      question: 'cloned_roles',
      parameters: { snapshot: '2026-10-19' },
      expected: [],
      absent: [{ role_arn: original(at('2026-10-19')).arn }],
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

const janitor = (standing: Organization) => role(standing, 'security-and-logs', 'tag-janitor-role');

export const policiesChange: Chapter = {
  changes: [
    { date: '2026-11-02', apply: (standing) => void janitor(standing).attached.push(awsManaged('IAMFullAccess')) },
    { date: '2026-11-09', apply: (standing) => void janitor(standing).attached.pop() },
    {
      date: '2026-11-16',
      apply(standing) {
        janitor(standing).inline.tags = document(allow(['tag:GetResources', 'tag:TagResources'], '*'));
      },
    },
  ],
  events: (at) => {
    const subject = janitor(at('2026-11-16')).arn;
    const policy = awsManaged('IAMFullAccess');
    return [
      {
        ...driftOf('2026-11-02'),
        what: 'The tag janitor of the security account is given all of IAM.',
        expected: [{ kind: 'policy_attached', subject, before: null, after: policy }],
      },
      {
        ...driftOf('2026-11-09'),
        what: 'It is taken away again.',
        expected: [{ kind: 'policy_detached', subject, before: policy, after: null }],
      },
      {
        ...driftOf('2026-11-16'),
        what: 'Its inline policy becomes narrower.',
        expected: [{ kind: 'policy_changed', subject: `${subject}#tags` }],
      },
    ];
  },
};
