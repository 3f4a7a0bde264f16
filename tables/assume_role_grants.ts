import { bigint, boolean, list, ofRegion, table, varchar } from './table.ts';

export const assumeRoleGrants = table({
  name: 'assume_role_grants',
  grain: 'principal × roles that it may assume, as far as its own policies and those of its organization go',
  filling: 'collected',
  columns: {
    ...ofRegion,
    principal_arn: varchar('Role or user'),
    when_named: boolean(
      'Whether this is what it may assume only where the trust policy of a role of the account names it, whatever its own policies allow',
    ),
    turn: bigint('Number of the grant, from 1'),
    role_patterns: list('Patterns of ARNs, all of which a role matches'),
    spared_patterns: list('Patterns of ARNs, none of which it matches'),
    is_conditional: boolean('Whether it hangs on a condition, or on a policy that was not read'),
  },
  key: ['account_id', 'principal_arn', 'when_named', 'turn'],
});
