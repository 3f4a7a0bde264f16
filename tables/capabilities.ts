import { json, nullable, ofRegion, table, varchar } from './table.ts';

export const capabilities = table({
  name: 'capabilities',
  grain: 'principal × capability',
  filling: 'collected',
  columns: {
    ...ofRegion,
    principal_arn: varchar('Role or user'),
    capability: varchar('What it can do, by the name in the catalogue'),
    verdict: varchar('allowed, conditional, possible, denied or unknown'),
    scope: varchar('all, broad or named resources'),
    resource_side: varchar('not_needed, unread, allows or denies: what the policy of the resource adds'),
    granted_by: json('Statements that grant it'),
    blocked_by: nullable(json('Statements that block or narrow it, and policies that do not let it through')),
    kind: varchar(
      'admin, escalation, sensitive_read, destructive_write, assume_role, iam_write, organization or lambda_control',
    ),
    explanation: varchar('What it gains, and what the verdict hangs on'),
  },
  key: ['account_id', 'principal_arn', 'capability'],
});
