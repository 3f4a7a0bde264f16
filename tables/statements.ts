import { bigint, boolean, json, list, nullable, ofRegion, table, varchar } from './table.ts';

export const statements = table({
  name: 'statements',
  grain: 'statement of a default policy version',
  filling: 'collected',
  columns: {
    ...ofRegion,
    policy_id: varchar('The policy, as in policies'),
    position: bigint('Place in the document, from 0'),
    sid: nullable(varchar('Statement id')),
    effect: varchar('Allow, Deny or unknown (the statement cannot be parsed)'),
    actions: nullable(list('Action, as written; NULL when NotAction is used')),
    not_actions: nullable(list('NotAction, as written')),
    resources: nullable(list('Resource, as written; NULL when NotResource is used')),
    not_resources: nullable(list('NotResource, as written')),
    condition: nullable(json('Condition block')),
    has_full_action: boolean('Action is `*` or `*:*`'),
    has_service_wildcard: boolean('An action is a whole service, such as `s3:*`'),
    has_partial_wildcard: boolean('An action has a wildcard in its name, such as `s3:Get*`'),
    has_full_resource: boolean('Resource is `*`'),
    has_broad_resource: boolean('A resource covers all of a service or kind, such as `arn:aws:s3:::*`, short of `*`'),
    has_not_action: boolean('Uses NotAction'),
    has_not_resource: boolean('Uses NotResource'),
    grants_admin: boolean('Allows `*` or `*:*` on Resource `*`, with or without a Condition'),
    problem: nullable(varchar('What is wrong with the statement and where; NULL when it parses cleanly')),
    unknown_actions: list(
      'Patterns of Action or NotAction that match nothing AWS documents: a misspelt name, or a new one',
    ),
  },
  key: ['account_id', 'policy_id', 'position'],
});
