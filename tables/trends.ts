import { double, nullable, table, varchar } from './table.ts';

export const trends = table({
  name: 'trends',
  grain: 'scope × metric',
  filling: 'derived',
  columns: {
    scope_kind: varchar('organization, ou, account or team'),
    scope: varchar('Which one; `organization` for the whole'),
    metric: varchar('Name of the metric'),
    value: nullable(double('Value at the snapshot; NULL when it cannot be known')),
  },
  key: ['scope_kind', 'scope', 'metric'],
});
