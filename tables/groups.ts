import { nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const groups = table({
  name: 'groups',
  grain: 'IAM group',
  filling: 'collected',
  columns: {
    ...ofRegion,
    arn: varchar('ARN'),
    name: varchar('Group name'),
    group_id: varchar('Unique id (AGPA…)'),
    path: varchar('IAM path'),
    created_at: nullable(timestamp('When it was created')),
  },
  key: ['account_id', 'arn'],
});
