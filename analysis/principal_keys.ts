import { statementsNaming } from './applies.ts';
import { type Context, type ContextValue, contextOf } from './conditions/context.ts';
import type { NamedPolicy } from './policies.ts';
import type { PolicyDocument } from './policy.ts';
import type { Organization } from './surroundings.ts';

/**
 * Keys that tell of the organization of a principal.
 * Page: AWS global condition context keys, Properties of the principal.
 */
export function organizationKeys(organization: Organization | null): Context {
  if (organization === null) return NOTHING;
  const { id, path } = organization;
  return contextOf({ 'aws:PrincipalOrgID': id, ...(path === null ? {} : { 'aws:PrincipalOrgPaths': path }) });
}

const NOTHING: Context = contextOf({});

/** Tags of a principal whose sessions bring none of their own; all tags that it does not have are then absent. */
export function tagKeys(tags: string): Context {
  if (tags === '{}') return UNTAGGED;
  const own = Object.entries(JSON.parse(tags) as Record<string, string>);
  const values = own.map(([key, value]): [string, ContextValue] => [`aws:PrincipalTag/${key}`, [value]]);
  return new Map([...UNTAGGED, ...contextOf(Object.fromEntries(values))]);
}

const UNTAGGED: Context = contextOf({ 'aws:PrincipalTag/*': null });

/**
 * Whether sessions of a role may bring tags, which count before those of the role: only where its trust policy names
 * sts:TagSession, or nobody can tell.
 * Page: Pass session tags in AWS STS, Permissions required to add session tags.
 */
export function roleMayBeTagged(trust: PolicyDocument | null): boolean {
  return trust === null || mayAllow(trust, TAG);
}

/** Whether a user may ask for a federated session of itself with tags. Page: as above, using GetFederationToken. */
export function userMayBeTagged(policies: readonly NamedPolicy[]): boolean {
  return [TAG, 'sts:GetFederationToken'].every((action) => policies.some(({ document }) => mayAllow(document, action)));
}

const TAG = 'sts:TagSession';

function mayAllow(document: PolicyDocument, action: string): boolean {
  return statementsNaming(document, action).some(({ effect }) => effect !== 'Deny');
}
