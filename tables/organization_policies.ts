import { bigint, json, list, ofAccount, table, varchar } from './table.ts';

export const organizationPolicies = table({
  name: 'organization_policies',
  grain: 'service or resource control policy × account it reaches × target it is attached to',
  filling: 'planned',
  columns: {
    ...ofAccount,
    policy_id: varchar('Id of the policy (p-…)'),
    name: varchar('Policy name'),
    type: varchar('SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY'),
    target: varchar('Root, OU or account the policy is attached to'),
    level: bigint('Depth of the target: 0 is the root, the account itself comes last'),
    document: json('Policy document'),
    document_sha256: varchar('SHA-256 of the document, hex; white space does not count'),
    unknown_actions: list('Patterns of Action or NotAction that match nothing AWS documents'),
  },
  key: ['account_id', 'level', 'target', 'policy_id'],
});
