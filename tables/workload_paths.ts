import { bigint, json, list, nullable, ofRegion, table, varchar } from './table.ts';

export const workloadPaths = table({
  name: 'workload_paths',
  grain: 'principal × method × role',
  filling: 'collected',
  columns: {
    ...ofRegion,
    principal_arn: varchar('Who starts'),
    method: varchar('How it makes code run, by the name in the catalogue'),
    role_arn: varchar('Role that the code runs as'),
    function_count: bigint('Functions that the path can use'),
    functions: list('Some of them, sorted'),
    gained: list('Authority that the principal lacks itself'),
    verdict: varchar('risk_possible, path_reduced or conditional'),
    missing_step: nullable(varchar('What a reduced path lacks')),
    conditions: nullable(json('Conditions that decide')),
    steps: json('The path, step by step, each with the statement that allows it'),
    role_count: bigint(
      'Roles that the row stands for; beyond 20 they are told together, and role_arn is the one with the gravest authority',
    ),
  },
  key: ['account_id', 'principal_arn', 'method', 'role_arn'],
});
