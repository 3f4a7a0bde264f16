import { fewNames } from './few_names.ts';
import type { Everything, Resource } from './found.ts';
import { addListed, type ListedPolicies } from './left_out_policies.ts';
import { NotReadable } from './source.ts';

function unknownPolicies(everything: Everything): readonly string[] {
  const listed: ListedPolicies = { attached: new Set(), known: new Set() };
  addListed(listed, everything);
  return [...listed.attached].filter((arn) => !listed.known.has(arn));
}

function unknownGroups({ users, groups }: Everything): readonly string[] {
  const known = new Set(groups.map(({ row }) => row.name));
  return [...new Set(users.flatMap(({ row }) => row.groups))].filter((name) => !known.has(name));
}

const unknownNames: { readonly [R in Resource]?: (everything: Everything) => readonly string[] } = {
  policies: unknownPolicies,
  groups: unknownGroups,
};

/**
 * Policies and groups that principals have and that no answer described, as where authorization details were asked
 * with a filter: what they allow is unknown, which must not read as nothing.
 */
export function leftOut(everything: Everything, resource: Resource): NotReadable | undefined {
  const names = unknownNames[resource]?.(everything).toSorted() ?? [];
  if (names.length === 0) return undefined;
  const message = `had by principals, but not provided: ${fewNames(names)}; ask for authorization details without a filter`;
  return new NotReadable('not_provided', message);
}
