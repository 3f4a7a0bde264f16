import { parseDocument } from '../../analysis/document.ts';
import type { NamedPolicy, Policies } from '../../analysis/policies.ts';

/** A statement in short: an Allow on everything unless it says otherwise. */
export type Said = Readonly<Record<string, unknown>>;

/** Statements by layer; SCPs and RCPs by level, one policy each. */
export interface GivenPolicies {
  readonly identity?: readonly Said[];
  readonly boundary?: readonly Said[] | null;
  readonly sessionPolicy?: readonly Said[] | null;
  readonly scps?: readonly (readonly Said[])[];
  readonly rcps?: readonly (readonly Said[])[];
  readonly resource?: readonly Said[] | 'unread' | null;
}

/** Policies named after their layer. */
export function policiesOf(given: GivenPolicies): Policies {
  const levels = (found: readonly (readonly Said[])[] = []) =>
    found.map((level, depth) => [policyOf(`level ${depth}`, level)]);
  const { identity = [], boundary, sessionPolicy, resource } = given;
  return {
    identity: [policyOf('identity', identity)],
    boundary: boundary ? policyOf('boundary', boundary) : null,
    session: sessionPolicy ? [policyOf('session', sessionPolicy)] : null,
    scps: levels(given.scps),
    rcps: levels(given.rcps),
    resource: typeof resource === 'string' ? resource : resource ? policyOf('resource', resource, 'resource') : null,
  };
}

function policyOf(id: string, said: readonly Said[], kind: 'identity' | 'resource' = 'identity'): NamedPolicy {
  const statements = said.map((one) => ({
    Effect: 'Allow',
    ...('NotResource' in one ? {} : { Resource: '*' }),
    ...one,
  }));
  return { id, document: parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind) };
}
