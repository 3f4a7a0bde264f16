import type { Grant } from '../authority.ts';
import { isBroadResource, isFullResource } from '../breadth.ts';
import type { Permission } from './permissions.ts';
import { askedFor } from './targets.ts';

export type Scope = 'all' | 'broad' | 'named';

const SCOPES: readonly Scope[] = ['named', 'broad', 'all'];

/** How much the narrowest of several permissions takes in. */
export function narrowest(permissions: readonly Permission[], accountId: string): Scope {
  const scopes = permissions.map(({ step, authority }) => widestScope(authority.grants, askedFor(step.on, accountId)));
  return SCOPES.find((one) => scopes.includes(one)) ?? 'named';
}

function widestScope(grants: readonly Grant[], asked: string): Scope {
  const scopes = grants.map(({ within }): Scope => {
    if (within.every((text) => text === asked || isFullResource(text))) return 'all';
    return within.every((text) => text === asked || isFullResource(text) || isBroadResource(text)) ? 'broad' : 'named';
  });
  return SCOPES.findLast((one) => scopes.includes(one)) ?? 'named';
}
