import { bigint, boolean, double, json, nullable, ofRegion, table, varchar } from './table.ts';

export const findings = table({
  name: 'findings',
  grain: 'rule × resource × discriminator',
  filling: 'derived',
  columns: {
    ...ofRegion,
    finding_id: varchar('Stable id: SHA-256 of rule, resource and discriminator, hex'),
    rule_id: varchar('Rule that matched'),
    severity: varchar('critical, high, medium, low or info'),
    score: double('0 to 100; ranks findings'),
    factors: json('What makes up the score, as an object'),
    resource_arn: varchar('What the finding is about'),
    team: nullable(varchar('Team that owns it; NULL when nobody does')),
    title: varchar('What is wrong, in a few words'),
    reason: varchar('Why, in a sentence'),
    lifecycle: varchar('open, resolved or suppressed'),
    carried: boolean('Whether it stands as it was because its scope was not covered this time'),
    first_seen: varchar('Snapshot date of the first sight, yyyy-MM-dd'),
    last_seen: varchar('Snapshot date of the last sight, yyyy-MM-dd'),
    resolved_at: nullable(varchar('Snapshot date on which it was gone')),
    reopened_count: bigint('How often it came back'),
  },
  key: ['account_id', 'rule_id', 'resource_arn', 'finding_id'],
});
