import { boolean, json, nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const policies = table({
  name: 'policies',
  grain: 'policy version (an AWS-managed policy once per snapshot, as account `aws`)',
  filling: 'collected',
  columns: {
    ...ofRegion,
    policy_id: varchar('ARN of a managed policy; principal ARN + `#` + name of an inline policy'),
    version_id: varchar('Version; `inline` for inline policies'),
    is_default: boolean('Whether this version is in force'),
    kind: varchar('managed or inline'),
    is_aws_managed: boolean('Whether AWS maintains it'),
    name: varchar('Policy name'),
    document: json('Policy document, decoded; as found when it is no JSON'),
    document_sha256: varchar('SHA-256 of the document, hex; white space does not count'),
    updated_at: nullable(timestamp('When this version was made')),
    problem: nullable(varchar('What is wrong with the document and where; NULL when it parses cleanly')),
  },
  key: ['account_id', 'policy_id', 'version_id'],
});
