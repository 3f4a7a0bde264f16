import { nullable, ofRegion, table, varchar } from './table.ts';

export const drift = table({
  name: 'drift',
  grain: 'change since the last covered snapshot',
  filling: 'derived',
  columns: {
    ...ofRegion,
    from_snapshot: varchar('Date of the snapshot it is compared with'),
    kind: varchar('What kind of change, as in the question `drift`'),
    subject: varchar('ARN or id of what changed'),
    before: nullable(varchar('Value before')),
    after: nullable(varchar('Value after')),
    direction: nullable(varchar('broader, narrower or neutral; NULL when not judged')),
  },
  key: ['account_id', 'region', 'kind', 'subject', 'before', 'after'],
});
