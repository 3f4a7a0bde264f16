import type {
  CollectedEventSource,
  CollectedFunction,
  CollectedFunctionPolicy,
  CollectedFunctionUrl,
  CollectedPolicy,
  CollectedRole,
  CollectedUser,
} from '../analysis/collected.ts';
import type { functionVersions } from '../tables/function_versions.ts';
import type { groups } from '../tables/groups.ts';
import type { RowOf } from '../tables/table.ts';

/** Tags as AWS gave them, keys sorted. */
export type Tags = Readonly<Record<string, string>>;

/** A role, user or group, and the policies it has. */
export interface Principal<R> {
  readonly row: R;
  /** ARNs of attached managed policies. */
  readonly managed: readonly string[];
  readonly inline: readonly CollectedPolicy[];
}

export interface Alias {
  readonly functionArn: string;
  readonly name: string;
  /** Versions it sends traffic to, `$LATEST` among them. */
  readonly versions: readonly string[];
}

export interface Tagged {
  readonly arn: string;
  readonly tags: Tags;
}

/** What listings find, by the name of the resource in coverage. */
interface Findings {
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
}

/** Name of something collected, as it stands in coverage. */
export type Resource = keyof Findings;

/** Everything that some answers told; `aliases` belong to function_versions. */
export type Everything = { readonly [R in Resource]: Findings[R][] } & { readonly aliases: Alias[] };

/** Part of it: what one answer told. `note` says what is missing though the listing counts as read. */
export type Found = { readonly [K in keyof Everything]?: readonly Everything[K][number][] } & {
  readonly note?: string;
};
