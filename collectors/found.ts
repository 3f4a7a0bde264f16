import type {
  CollectedEventSource,
  CollectedFunction,
  CollectedFunctionPolicy,
  CollectedFunctionUrl,
  CollectedPolicy,
  CollectedRole,
  CollectedUsage,
  CollectedUser,
} from '../analysis/collected.ts';
import type { functionVersions } from '../tables/function_versions.ts';
import type { groups } from '../tables/groups.ts';
import type { RowOf } from '../tables/table.ts';
import type { tagColumns } from './ownership.ts';
import type { NotReadable } from './source.ts';

/** Tags as AWS gave them, keys sorted. */
export type Tags = Readonly<Record<string, string>>;

/** A role, user or group, and the policies it has. */
export interface Principal<R> {
  readonly row: R;
  /** ARNs of attached managed policies. */
  readonly managed: readonly string[];
  readonly inline: readonly CollectedPolicy[];
}

interface Alias {
  readonly functionArn: string;
  readonly name: string;
  /** Versions it sends traffic to, `$LATEST` among them. */
  readonly versions: readonly string[];
}

/** A function, and its columns that tags fill. */
interface Tagged {
  readonly arn: string;
  readonly columns: ReturnType<typeof tagColumns>;
}

interface CodeSigningConfig {
  readonly arn: string;
  /** Whether code without a trusted signature is refused, and not only warned of. */
  readonly enforced: boolean;
  readonly functionArns: readonly string[];
}

/** What listings find, by the name of the resource in coverage; `aliases` belong to function_versions. */
export interface Kinds {
  readonly roles: Principal<CollectedRole>;
  readonly users: Principal<CollectedUser>;
  readonly groups: Principal<RowOf<typeof groups>>;
  readonly policies: CollectedPolicy;
  readonly functions: CollectedFunction;
  readonly function_versions: RowOf<typeof functionVersions>;
  readonly function_policies: CollectedFunctionPolicy;
  readonly function_urls: CollectedFunctionUrl;
  readonly event_source_mappings: CollectedEventSource;
  readonly function_tags: Tagged;
  readonly microvms: CollectedFunction;
  readonly capacity_providers: CollectedFunction;
  readonly code_signing_configs: CodeSigningConfig;
  readonly service_last_accessed: CollectedUsage;
  readonly aliases: Alias;
}

export type Kind = keyof Kinds;

/** Name of something collected, as it stands in coverage. */
export type Resource = Exclude<Kind, 'aliases'>;

export type Everything = { readonly [K in Kind]: readonly Kinds[K][] };

/** What one resource lacks though its listing was read to the end. */
export interface Gap {
  readonly resource: Resource;
  readonly reason: NotReadable;
}

/** What one answer told. `note` says what is missing though the listing counts as read; a gap makes one resource count as not read. */
export type Found = Partial<Everything> & { readonly note?: string; readonly gap?: Gap };

/** What names an item of each kind: AWS may list one twice, when something changes between two pages. */
export const identities: { readonly [K in Kind]: (item: Kinds[K]) => string } = {
  roles: ({ row }) => row.arn,
  users: ({ row }) => row.arn,
  groups: ({ row }) => row.arn,
  policies: ({ policy_id, version_id }) => `${policy_id} ${version_id}`,
  functions: ({ function_arn }) => function_arn,
  function_versions: ({ function_arn, version }) => `${function_arn} ${version}`,
  function_policies: ({ function_arn, qualifier }) => `${function_arn} ${qualifier ?? ''}`,
  function_urls: ({ function_arn, qualifier }) => `${function_arn} ${qualifier ?? ''}`,
  event_source_mappings: ({ uuid }) => uuid,
  function_tags: ({ arn }) => arn,
  microvms: ({ function_arn }) => function_arn,
  capacity_providers: ({ function_arn }) => function_arn,
  code_signing_configs: ({ arn }) => arn,
  service_last_accessed: ({ role_name }) => role_name,
  aliases: ({ functionArn, name }) => `${functionArn} ${name}`,
};
