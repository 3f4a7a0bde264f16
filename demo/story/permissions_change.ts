import { accountNamed, functionNamed, roleNamed } from '../find.ts';
import { awsManaged } from '../organization/aws_managed_policies.ts';
import { allow, document, trustLambda } from '../organization/documents.ts';
import { addFunction, addRole } from '../organization/identities.ts';
import type { Organization } from '../organization/model.ts';
import { type Chapter, driftOf, type Week } from './chapter.ts';

const role = (standing: Organization, account: string, name: string) =>
  roleNamed(accountNamed(standing, account), name);

const cloneName = 'tmp-export-role';
const staging = (standing: Organization) => accountNamed(standing, 'storefront-staging');
const original = (standing: Organization) => role(standing, 'data-production', 'object-remover-role');
const clone = (standing: Organization) => roleNamed(staging(standing), cloneName);
const runner = (standing: Organization) => functionNamed(staging(standing), 'tmp-export');

function addClone(standing: Organization): void {
  const { inline, attached } = original(standing);
  const copy = addRole(staging(standing), cloneName, trustLambda, { inline: { ...inline }, attached: [...attached] });
  addFunction(staging(standing), 'eu-west-1', 'tmp-export', copy, { lastModified: '2026-10-22T15:42:11.000Z' });
}

function removeClone(standing: Organization): void {
  const { roles, functions } = staging(standing);
  roles.splice(roles.indexOf(clone(standing)), 1);
  functions.splice(functions.indexOf(runner(standing)), 1);
}

/** Permissions are copied by hand into another account, under another name, and taken away weeks later. */
export const roleCloned: Chapter = {
  changes: [
    { date: '2026-10-26', apply: addClone },
    { date: '2026-11-16', apply: removeClone },
  ],
  events(at) {
    const copied = clone(at('2026-10-26')).arn;
    const pair = { role_arns: [original(at('2026-10-26')).arn, copied].sort() };
    const subject = runner(at('2026-10-26')).arn;
    const clonesOn = (date: Week) => ({ date, question: 'cloned_roles', parameters: { snapshot: date } });
    return [
      {
        ...driftOf('2026-10-26'),
        what: 'A role and a function appear in staging.',
        expected: [
          { kind: 'role_added', subject: copied, before: null },
          { kind: 'function_added', subject, before: null, after: copied },
        ],
      },
      {
        ...clonesOn('2026-10-26'),
        what: 'The role has the permissions of a production role that may delete every object.',
        expected: [{ ...pair, role_count: 2, account_count: 2, function_count: 2, is_admin: false }],
      },
      ...(['2026-10-19', '2026-11-16'] as const).map((date) => ({
        ...clonesOn(date),
        what: 'Before and after, the original has no copy.',
        expected: [],
        absent: [pair],
      })),
      {
        ...driftOf('2026-11-16'),
        what: 'Both are gone.',
        expected: [
          { kind: 'role_removed', subject: copied, after: null },
          { kind: 'function_removed', subject, before: copied, after: null },
        ],
      },
    ];
  },
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
