import { accountNamed, roleNamed } from '../find.ts';
import { awsManaged } from '../organization/aws_managed_policies.ts';
import { allow, document } from '../organization/documents.ts';
import type { Organization } from '../organization/model.ts';
import { executionRoles, usage } from '../organization/usage.ts';
import type { Chapter, Week } from './chapter.ts';

const lastWeek = '2026-11-16';
const daysBefore = (date: Week, days: number): string =>
  new Date(Date.parse(date) - days * 24 * 3600 * 1000).toISOString();

/** Roles with a policy that was attached because it was at hand, long enough ago to tell. */
const withAllQueues = (standing: Organization) =>
  executionRoles(accountNamed(standing, 'data-production')).filter(
    ({ attached, createdAt }) =>
      attached.includes(awsManaged('AmazonSQSFullAccess')) && createdAt < daysBefore(lastWeek, 100),
  );

/** What is granted and not used, where somebody looked. */
export const grantedAndUnused: Chapter = {
  events(at) {
    const standing = at(lastWeek);
    const roles = withAllQueues(standing).filter((role) => usage(role).get('sqs') === false);
    const used = roles.flatMap((role) =>
      [...usage(role)].flatMap(([service, isUsed]) => (isUsed ? [{ role_arn: role.arn, service }] : [])),
    );
    return [
      {
        date: lastWeek,
        what: `${roles.length} roles of data may use all queues, and none does; what nobody tracked is not called unused.`,
        question: 'unused_services',
        parameters: { snapshot: lastWeek },
        expected: roles.map(({ arn }) => ({ role_arn: arn, service: 'sqs', last_used_at: null })),
        absent: [...used, { account_id: accountNamed(standing, 'storefront-production').id }],
      },
    ];
  },
};

const router = (standing: Organization) => roleNamed(accountNamed(standing, 'security-and-logs'), 'alert-router-role');
const misspelt = 'sns:PublishBatchh';
const misspellingDate = '2026-11-09';

export const actionMisspelt: Chapter = {
  changes: [
    {
      date: misspellingDate,
      apply(standing) {
        router(standing).inline.notify = document(allow(['sns:Publish', misspelt], '*'));
      },
    },
  ],
  events(at) {
    const policy_id = `${router(at(misspellingDate)).arn}#notify`;
    return [
      {
        date: misspellingDate,
        what: 'The alert router is to send alerts in batches, by an action that does not exist.',
        question: 'unknown_actions',
        parameters: { snapshot: misspellingDate },
        expected: [{ policy_id, effect: 'Allow', unknown_actions: [misspelt], principals: 1 }],
      },
      {
        date: misspellingDate,
        what: 'What that policy allows is told to be unknown.',
        question: 'open_findings',
        parameters: { snapshot: misspellingDate },
        expected: [{ rule_id: 'unknown_action', resource_arn: policy_id }],
      },
    ];
  },
};
