import type { coverage } from '../tables/coverage.ts';
import type { functionVersions } from '../tables/function_versions.ts';
import type { functions } from '../tables/functions.ts';
import type { groups } from '../tables/groups.ts';
import type { policies } from '../tables/policies.ts';
import type { policyAttachments } from '../tables/policy_attachments.ts';
import type { roles } from '../tables/roles.ts';
import type { RowOf } from '../tables/table.ts';
import type { users } from '../tables/users.ts';

/** Columns that only a reading of policies can fill. */
type Judged = 'is_admin' | 'admin_conditional' | 'admin_via';

export type CollectedFunction = Omit<RowOf<typeof functions>, 'is_public' | 'url_auth_type'>;
export type CollectedRole = Omit<RowOf<typeof roles>, Judged | 'trusts_lambda'>;
export type CollectedUser = Omit<RowOf<typeof users>, Judged>;
/** `document` as AWS gave it: plain or URL-encoded text. */
export type CollectedPolicy = Omit<RowOf<typeof policies>, 'document_sha256' | 'problem'>;

interface OfFunction {
  readonly region: string;
  /** ARN without qualifier. */
  readonly function_arn: string;
  /** Version or alias; null for the function itself. */
  readonly qualifier: string | null;
}

export interface CollectedFunctionPolicy extends OfFunction {
  readonly document: string;
}

export interface CollectedFunctionUrl extends OfFunction {
  readonly auth_type: string;
  /** CreationTime; null when it was not given. URLs made since October 2025 ask more of a policy. */
  readonly created_at: Date | null;
}

export interface CollectedEventSource extends OfFunction {
  readonly uuid: string;
  readonly event_source_arn: string | null;
}

/** When a role last tried to use the services that its policies grant, by IAM’s report of service last accessed. */
export interface CollectedUsage {
  readonly role_name: string;
  readonly reported_at: Date;
  readonly services: readonly {
    /** Prefix, in lower case. */
    readonly service: string;
    /** Null when there was no attempt in all the time that is tracked. */
    readonly last_attempted_at: Date | null;
    /** Those that IAM tracks in this service. */
    readonly actions: readonly { readonly action: string; readonly last_attempted_at: Date | null }[];
  }[];
}

/** One account as AWS told it, before anybody asks what its policies mean. */
export interface CollectedAccount {
  readonly accountId: string;
  readonly functions: readonly CollectedFunction[];
  readonly functionVersions: readonly RowOf<typeof functionVersions>[];
  readonly functionPolicies: readonly CollectedFunctionPolicy[];
  readonly functionUrls: readonly CollectedFunctionUrl[];
  readonly eventSources: readonly CollectedEventSource[];
  readonly roles: readonly CollectedRole[];
  readonly users: readonly CollectedUser[];
  readonly groups: readonly RowOf<typeof groups>[];
  readonly policies: readonly CollectedPolicy[];
  readonly policyAttachments: readonly RowOf<typeof policyAttachments>[];
  readonly usages: readonly CollectedUsage[];
  readonly coverage: readonly RowOf<typeof coverage>[];
}
