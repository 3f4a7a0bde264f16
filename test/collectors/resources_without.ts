import { allListings } from '../../collectors/resources/all.generated.ts';

const needed: Readonly<Record<string, readonly string[]>> = {
  'account:ListRegions': ['regions'],
  'iam:GetPolicy': ['policies'],
  'iam:GetPolicyVersion': ['policies'],
  'lambda:ListAliases': ['function_versions', 'function_policies'],
  'lambda:ListFunctions': ['functions', 'function_versions', 'function_urls', 'function_policies'],
};

/** What cannot be asked for without the action: the resources of its listing, and what is asked with what that finds. */
export const resourcesWithout = (action: string): readonly string[] =>
  needed[action] ??
  allListings.flatMap((listing) => ((listing.actions as readonly string[]).includes(action) ? listing.resources : []));
