import { nullable, ofRegion, table, varchar } from './table.ts';

export const policyAttachments = table({
  name: 'policy_attachments',
  grain: 'principal × policy',
  filling: 'collected',
  columns: {
    ...ofRegion,
    principal_arn: varchar('Role, user or group'),
    policy_id: varchar('The policy, as in policies'),
    kind: varchar('managed, inline, group (a user has it through a group) or boundary'),
    group_arn: nullable(varchar('The group, for kind group')),
  },
  key: ['account_id', 'principal_arn', 'policy_id', 'kind', 'group_arn'],
});
