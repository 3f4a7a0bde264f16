import type { functions } from '../../tables/functions.ts';
import type { roles } from '../../tables/roles.ts';
import type { RowOf } from '../../tables/table.ts';

type RoleRow = RowOf<typeof roles>;

/** A row of `roles`, with what matters to a test in place of the rest. */
export const roleRow = (changes: Partial<Record<keyof RoleRow, unknown>> = {}): RoleRow =>
  ({
    account_id: '111122223333',
    region: 'global',
    arn: 'arn:aws:iam::111122223333:role/billing',
    name: 'billing',
    role_id: 'AROA1',
    path: '/',
    created_at: new Date('2025-03-04T05:06:07.089Z'),
    last_used_at: null,
    trust_policy: '{"Statement":[]}',
    boundary_arn: null,
    tags: '{}',
    owner_team: null,
    is_service_linked: false,
    trusts_lambda: true,
    sso_permission_set: null,
    is_admin: null,
    admin_conditional: null,
    admin_via: ['arn:aws:iam::aws:policy/AdministratorAccess', 'ünïcode 𐀀'],
    ...changes,
  }) as RoleRow;

type FunctionRow = RowOf<typeof functions>;

/** A row of `functions`, likewise. */
export const functionRow = (changes: Partial<Record<keyof FunctionRow, unknown>> = {}): FunctionRow =>
  ({
    account_id: '111122223333',
    region: 'eu-west-1',
    function_arn: 'arn:aws:lambda:eu-west-1:111122223333:function:billing',
    kind: 'event_function',
    function_name: 'billing',
    role_arn: null,
    runtime: null,
    package_type: null,
    last_modified: null,
    memory_mb: Number.MAX_SAFE_INTEGER,
    timeout_s: null,
    vpc_id: null,
    layers: [],
    code_sha256: null,
    environment_names: null,
    kms_key_arn: null,
    code_signing_config_arn: null,
    code_signing_enforced: null,
    url_auth_type: null,
    is_public: null,
    team: null,
    application: null,
    environment: null,
    data_sensitivity: null,
    tags: '{}',
    last_invoked_at: null,
    invocations_90d: null,
    ...changes,
  }) as FunctionRow;
