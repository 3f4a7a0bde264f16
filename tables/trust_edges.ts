import { boolean, json, nullable, ofRegion, table, varchar } from './table.ts';

export const trustEdges = table({
  name: 'trust_edges',
  grain: 'role × whom its trust policy lets in',
  filling: 'collected',
  columns: {
    ...ofRegion,
    role_arn: varchar('The role that may be assumed'),
    trusted_kind: varchar('service, account, principal, federated, anyone or unknown'),
    trusted: varchar('Who may assume it, as the trust policy names them'),
    is_cross_account: boolean('Whether the trusted is in another account'),
    is_outside_org: nullable(boolean('Whether that account is outside the organization; NULL when unknown')),
    has_external_id: boolean('Whether sts:ExternalId is asked for'),
    condition: nullable(json('Condition block of the statement')),
    kept_out: nullable(
      boolean('Whether a resource control policy keeps it out; NULL when that hangs on what is not known'),
    ),
    problem: nullable(
      varchar(
        'What the trust lacks: wildcard (anyone may assume it), no_external_id (outside the organization, or perhaps), no_subject (OIDC), no_source_account (Lambda), unreadable; NULL when nothing',
      ),
    ),
  },
  key: ['account_id', 'role_arn', 'trusted_kind', 'trusted', 'condition'],
});
