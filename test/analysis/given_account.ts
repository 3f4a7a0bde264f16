import { type AnalyzedAccount, analyzeAccount } from '../../analysis/account.ts';
import type {
  CollectedAccount,
  CollectedFunction,
  CollectedPolicy,
  CollectedRole,
  CollectedUser,
} from '../../analysis/collected.ts';
import type { Surroundings } from '../../analysis/surroundings.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const REGION = 'eu-west-1';
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:orders`;

const ofIam = { account_id: ACCOUNT, region: 'global' };

/** A member of an organization without control policies. */
const SURROUNDINGS: Surroundings = {
  controlPolicies: [],
  covered: true,
  isManagement: false,
  members: [ACCOUNT],
  organization: null,
};

/** An account with nothing in it but what a case gives. */
export function account(given: Partial<CollectedAccount>): CollectedAccount {
  return {
    accountId: ACCOUNT,
    functions: [],
    functionVersions: [],
    functionPolicies: [],
    functionUrls: [],
    eventSources: [],
    roles: [],
    users: [],
    groups: [],
    policies: [],
    policyAttachments: [],
    usages: [],
    coverage: [],
    ...given,
  };
}

/** What an account means in an organization. */
export function analyzed(given: Partial<CollectedAccount>, around: Partial<Surroundings> = {}): AnalyzedAccount {
  return analyzeAccount(account(given), { ...SURROUNDINGS, ...around });
}

export function functionNamed(function_name: string): CollectedFunction {
  return {
    account_id: ACCOUNT,
    region: REGION,
    function_arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${function_name}`,
    kind: 'event_function',
    function_name,
    role_arn: null,
    runtime: 'nodejs22.x',
    package_type: 'Zip',
    last_modified: null,
    memory_mb: 128,
    timeout_s: 3,
    vpc_id: null,
    layers: [],
    code_sha256: null,
    environment_names: [],
    kms_key_arn: null,
    code_signing_config_arn: null,
    code_signing_enforced: null,
    team: null,
    application: null,
    environment: null,
    data_sensitivity: null,
    tags: '{}',
    last_invoked_at: null,
    invocations_90d: null,
  };
}

export function role(name: string, trust: unknown = LAMBDA_TRUST): CollectedRole {
  return {
    ...ofIam,
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    name,
    role_id: `AROA${name.toUpperCase()}`,
    path: '/',
    created_at: null,
    last_used_at: null,
    trust_policy: trust === null ? null : textOf(trust),
    boundary_arn: null,
    tags: '{}',
    owner_team: null,
    is_service_linked: false,
    sso_permission_set: null,
  };
}

export function user(name: string): CollectedUser {
  return {
    ...ofIam,
    arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
    name,
    user_id: `AIDA${name.toUpperCase()}`,
    path: '/',
    created_at: null,
    last_used_at: null,
    boundary_arn: null,
    tags: '{}',
    owner_team: null,
    groups: [],
  };
}

export function group(name: string): CollectedAccount['groups'][number] {
  return {
    ...ofIam,
    arn: `arn:aws:iam::${ACCOUNT}:group/${name}`,
    name,
    group_id: `AGPA${name.toUpperCase()}`,
    path: '/',
    created_at: null,
  };
}

export function policy(policy_id: string, document: unknown, version_id = 'v1', is_default = true): CollectedPolicy {
  return {
    ...ofIam,
    policy_id,
    version_id,
    is_default,
    kind: 'managed',
    is_aws_managed: false,
    name: policy_id,
    document: textOf(document),
    updated_at: null,
  };
}

export function attachment(principal_arn: string, policy_id: string, kind = 'managed') {
  return { ...ofIam, principal_arn, policy_id, kind, group_arn: null };
}

export function coverage(resource: string, status = 'ok') {
  return {
    account_id: ACCOUNT,
    region: REGION,
    resource,
    status,
    error_code: null,
    message: null,
    rows: 0,
    api_calls: 0,
    duration_ms: null,
  };
}

/** A control policy that reaches the account; level 0 is the root. */
export const control = (level: number, statement: object, type = 'SERVICE_CONTROL_POLICY') => ({
  account_id: ACCOUNT,
  policy_id: `p-${level}`,
  name: `level ${level}`,
  type,
  target: `target-${level}`,
  level,
  document: JSON.stringify(document(statement)),
  document_sha256: '',
  unknown_actions: [],
});

/** A document of one statement or several. */
export function document(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

const LAMBDA_TRUST = document({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

function textOf(given: unknown): string {
  return typeof given === 'string' ? given : JSON.stringify(given);
}
