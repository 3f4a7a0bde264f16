import { accountNamed, roleNamed } from '../find.ts';
import { awsManaged } from '../organization/aws_managed_policies.ts';
import { allow, document, trustLambda } from '../organization/documents.ts';
import { addFunction, addRole } from '../organization/identities.ts';
import type { Organization } from '../organization/model.ts';
import { type Chapter, driftOf } from './chapter.ts';

const role = (standing: Organization, account: string, name: string) =>
  roleNamed(accountNamed(standing, account), name);

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
