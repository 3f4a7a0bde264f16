import { needsResourcePolicy, rcpsBind, scpsBind } from './guardrails.ts';
import { allowedIn, allowedTo, type Heard, hear, type Layer } from './hearing.ts';
import type { Levels, Policies } from './policies.ts';
import type { Statement } from './policy.ts';
import type { Request } from './request.ts';
import { both, either, every, some, type Truth } from './truth.ts';

/** A statement that speaks, or may speak, of the request. */
export interface Deciding {
  readonly layer: Layer;
  readonly policy_id: string;
  readonly position: number;
  readonly sid: string | null;
  readonly effect: Statement['effect'];
  /** `unknown`: a condition or the statement itself cannot be decided. */
  readonly holds: true | 'unknown';
}

export interface Evaluation {
  readonly decision: 'allowed' | 'denied' | 'conditional';
  /** The Deny statements of an explicit deny; the Allow statements of a grant; all that speak when conditional. */
  readonly statements: readonly Deciding[];
  /** Layers that would have to allow and do not: the reason of an implicit deny. */
  readonly lacks: readonly Layer[];
}

/**
 * Decides one request in the order of AWS: an explicit Deny anywhere, RCPs, SCPs, then resource and identity
 * policies, boundary and session policy. What hangs on something unknown is `conditional`.
 * Pages: How AWS enforcement code logic evaluates requests to allow or deny access;
 * Policy evaluation for requests within a single account; Cross-account policy evaluation logic.
 */
export function evaluate(request: Request, policies: Policies): Evaluation {
  const heard = hear(request, policies);
  const denied = some(heard, ({ deny }) => deny);
  if (denied === true)
    return { decision: 'denied', statements: heard.filter(({ deny }) => deny === true).map(deciding), lacks: [] };
  const layers = layersOf(request, policies, heard);
  const allowed = both(layers.granted, layers.scp, layers.rcp);
  if (allowed === false) return { decision: 'denied', statements: [], lacks: lacking(request, layers) };
  const speaking = heard.filter(({ allow, deny }) => allow !== false || deny !== false);
  if (allowed === true && denied === false)
    return { decision: 'allowed', statements: speaking.filter(({ allow }) => allow === true).map(deciding), lacks: [] };
  return { decision: 'conditional', statements: speaking.map(deciding), lacks: [] };
}

function deciding({ layer, policy, statement, allow, deny }: Heard): Deciding {
  const { position, sid, effect } = statement;
  const holds = allow === true || deny === true ? true : 'unknown';
  return { layer, policy_id: policy.id, position, sid, effect, holds };
}

interface Layers extends Record<Layer, Truth> {
  /** What identity and resource policy, boundary and session policy give together. */
  readonly granted: Truth;
}

function layersOf(request: Request, policies: Policies, heard: readonly Heard[]): Layers {
  const single = {
    identity: request.requester.kind === 'root' || allowedIn(heard, 'identity'),
    boundary: policies.boundary === null || allowedIn(heard, 'boundary'),
    session: policies.session === null || allowedIn(heard, 'session'),
    scp: !scpsBind(request) || atEveryLevel(policies.scps, 'scp', heard),
    rcp: !rcpsBind(request) || atEveryLevel(policies.rcps, 'rcp', heard),
    resource: either(allowedTo(heard, 'direct', 'role', 'account', 'maybe'), unreadResource(request, policies)),
  };
  return { ...single, granted: granted(request, policies, heard, single) };
}

/** Page: SCP evaluation: an Allow must stand at every level from the root to the account. */
function atEveryLevel(levels: Levels, layer: Layer, heard: readonly Heard[]): Truth {
  return every(levels.keys(), (level) => allowedIn(heard, layer, level));
}

/**
 * Within an account either side is enough, across accounts both must allow; keys and roles must let in themselves.
 * Boundary and session policy cap what identity policies give and what a resource gives to a role's ARN, but not what
 * it gives to a user, to a session or to everybody.
 */
function granted(
  request: Request,
  policies: Policies,
  heard: readonly Heard[],
  layers: Omit<Layers, 'granted'>,
): Truth {
  const caps = both(layers.boundary, layers.session);
  const own = both(layers.identity, caps);
  const direct = either(allowedTo(heard, 'direct', 'maybe'), unreadResource(request, policies));
  if (request.requester.accountId === '') return direct;
  if (isCrossAccount(request)) return both(own, layers.resource);
  const byResource = either(direct, both(allowedTo(heard, 'role'), caps));
  if (!needsResourcePolicy(request)) return either(own, byResource);
  return either(byResource, both(own, allowedTo(heard, 'account')));
}

/** A resource policy that nobody read, where it decides, may allow. */
function unreadResource(request: Request, { resource }: Policies): Truth {
  return resource === 'unread' && resourceDecides(request) ? 'unknown' : false;
}

function resourceDecides(request: Request): boolean {
  return request.requester.accountId === '' || isCrossAccount(request) || needsResourcePolicy(request);
}

function isCrossAccount({ requester, resourceAccount }: Request): boolean {
  return resourceAccount !== null && requester.accountId !== resourceAccount;
}

/** Identity, resource and what caps them are missed only where they do not already add up to a grant. */
function lacking(request: Request, layers: Layers): readonly Layer[] {
  const own: readonly Layer[] = request.requester.accountId === '' ? [] : ['identity', 'boundary', 'session'];
  const resource: readonly Layer[] = resourceDecides(request) ? ['resource'] : [];
  const given: readonly Layer[] = layers.granted === false ? [...resource, ...own] : [];
  const asked: readonly Layer[] = ['rcp', 'scp', ...given];
  return asked.filter((layer) => layers[layer] === false);
}
