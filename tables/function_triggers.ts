import { boolean, json, list, nullable, ofRegion, table, varchar } from './table.ts';

export const functionTriggers = table({
  name: 'function_triggers',
  grain: 'trigger or invoker of a function',
  filling: 'collected',
  columns: {
    ...ofRegion,
    function_arn: varchar('ARN of the function, without qualifier'),
    qualifier: nullable(varchar('Version or alias it belongs to; NULL for the function itself')),
    statement_id: nullable(varchar('Sid of the policy statement, or UUID of the event source mapping')),
    kind: varchar('event_source_mapping, resource_policy or function_url'),
    effect: varchar('Allow or Deny; triggers that are not policy statements are Allow'),
    actions: list('Actions that the statement names'),
    principal: nullable(
      varchar('Who: `*`, an ARN, an account id, a service, or AuthType of a URL; several as a JSON list'),
    ),
    source: nullable(varchar('Event source ARN, or the source that the condition names')),
    condition: nullable(json('Condition block of the statement')),
    is_public: boolean('Whether it lets an anonymous principal invoke the function, after conditions'),
    is_cross_account: boolean('Whether it lets in a principal of another account'),
  },
  key: ['account_id', 'region', 'function_arn', 'qualifier', 'kind', 'statement_id', 'principal', 'source'],
});
