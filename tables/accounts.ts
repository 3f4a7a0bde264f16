import { boolean, json, nullable, ofAccount, table, varchar } from './table.ts';

export const accounts = table({
  name: 'accounts',
  grain: 'account of the organization',
  filling: 'planned',
  columns: {
    ...ofAccount,
    name: nullable(varchar('Name of the account; NULL when the organization was not read')),
    state: nullable(varchar('State (formerly Status) as Organizations gives it, such as ACTIVE or SUSPENDED')),
    ou_id: nullable(varchar('Organizational unit or root that holds the account')),
    ou_path: nullable(varchar('Names from the root down, joined by `/`; NULL when the tree was not read')),
    is_management: nullable(boolean('Whether it is the management account; NULL when unknown')),
    team: nullable(varchar('Owning team by the account’s tags')),
    tags: json('Tags of the account, as an object'),
    organization_id: nullable(varchar('Id of the organization; NULL when the account’s ARN is not known')),
    organization_path: nullable(
      varchar(
        'Ids from the organization down to what holds the account, as in aws:PrincipalOrgPaths; NULL when unknown',
      ),
    ),
  },
  key: ['account_id'],
});
