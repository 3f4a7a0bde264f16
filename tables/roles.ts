import { boolean, json, list, nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const roles = table({
  name: 'roles',
  grain: 'IAM role',
  filling: 'collected',
  columns: {
    ...ofRegion,
    arn: varchar('ARN'),
    name: varchar('Role name'),
    role_id: varchar('Unique id (AROA…); a role made again under the same name has another'),
    path: varchar('IAM path'),
    created_at: nullable(timestamp('When it was created')),
    last_used_at: nullable(timestamp('Last use that IAM tracked (400 days); NULL when none or not given')),
    trust_policy: nullable(json('Trust policy document')),
    boundary_arn: nullable(varchar('Policy that is its permissions boundary')),
    tags: json('Tags, as an object'),
    owner_team: nullable(varchar('Owning team by tag')),
    is_service_linked: boolean('Whether AWS owns it (path /aws-service-role/)'),
    trusts_lambda: nullable(boolean('Whether its trust policy lets Lambda assume it; NULL when it cannot be parsed')),
    sso_permission_set: nullable(varchar('IAM Identity Center permission set the role was made for')),
    is_admin: nullable(
      boolean(
        'Whether an attached default version or inline policy allows `*` or `*:*` on Resource `*`, whatever blocks it; NULL when an attached policy could not be read and no other makes it admin',
      ),
    ),
    admin_conditional: nullable(boolean('Whether every statement that makes it admin carries a Condition')),
    admin_via: list('Policies that make it admin, sorted'),
  },
  key: ['account_id', 'arn'],
});
