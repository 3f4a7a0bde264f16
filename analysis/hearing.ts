import { type Asked, applies, statementsNaming } from './applies.ts';
import { rcpsBind, scpsBind } from './guardrails.ts';
import type { Levels, NamedPolicy, Policies } from './policies.ts';
import type { Statement } from './policy.ts';
import { isDenied, type Reach, reachOf } from './principals.ts';
import { type Request, requestContext } from './request.ts';
import { both, some, type Truth } from './truth.ts';

export type Layer = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource';

/** A policy and where it stands. */
export interface Placed {
  readonly layer: Layer;
  /** Depth in the organization, for SCPs and RCPs. */
  readonly level: number;
  readonly policy: NamedPolicy;
}

/** A statement and what it says to one request. */
export interface Heard extends Placed {
  readonly statement: Statement;
  readonly allow: Truth;
  readonly deny: Truth;
  /** How it reaches the requester; other than `direct` in resource policies only. */
  readonly reach: Reach;
}

/** What every statement that has a say tells about a request. */
export function hear(request: Request, policies: Policies): readonly Heard[] {
  const asked: Asked = { action: request.action, resource: request.resource, context: requestContext(request) };
  const hasBoundary = policies.boundary !== null;
  return inForce(request, policies).flatMap((placed) =>
    statementsNaming(placed.policy.document, request.action).map((statement) => {
      const speaks = applies(statement, placed.policy.document.version, asked);
      const heard = placed.layer === 'resource' ? addressed(statement, request, hasBoundary) : TO_ALL;
      const allow = statement.effect === 'Deny' ? false : both(speaks, heard.allow);
      const deny = statement.effect === 'Allow' ? false : both(speaks, heard.deny);
      return { ...placed, statement, allow, deny, reach: heard.reach };
    }),
  );
}

/** Whether a layer, at one level of the organization, allows. */
export function allowedIn(heard: readonly Heard[], layer: Layer, level = 0): Truth {
  return some(heard, (one) => (one.layer === layer && one.level === level ? one.allow : false));
}

/** Whether the resource policy allows by one of these ways of naming the requester. */
export function allowedTo(heard: readonly Heard[], ...reaches: readonly Reach[]): Truth {
  return some(heard, (one) => (one.layer === 'resource' && reaches.includes(one.reach) ? one.allow : false));
}

interface Addressed {
  readonly reach: Reach;
  readonly allow: Truth;
  readonly deny: Truth;
}

/** Policies without Principal speak of whoever they are attached to; that of SCPs and RCPs is always everybody. */
const TO_ALL: Addressed = { reach: 'direct', allow: true, deny: true };

function addressed(statement: Statement, { requester }: Request, hasBoundary: boolean): Addressed {
  const reach = reachOf(statement, requester);
  const allow = reach === 'maybe' ? 'unknown' : reach !== null;
  return { reach, allow, deny: isDenied(statement, requester, hasBoundary) };
}

/** The policies that bind this request, in a fixed order. */
export function inForce(request: Request, policies: Policies): readonly Placed[] {
  const { identity, boundary, session, resource } = policies;
  const own =
    request.requester.accountId === ''
      ? []
      : [
          ...place('identity', identity),
          ...place('boundary', boundary === null ? [] : [boundary]),
          ...place('session', session ?? []),
        ];
  return [
    ...own,
    ...(scpsBind(request) ? placeLevels('scp', policies.scps) : []),
    ...(rcpsBind(request) ? placeLevels('rcp', policies.rcps) : []),
    ...place('resource', resource === null || resource === 'unread' ? [] : [resource]),
  ];
}

function place(layer: Layer, policies: readonly NamedPolicy[], level = 0): readonly Placed[] {
  return policies.map((policy) => ({ layer, level, policy }));
}

function placeLevels(layer: Layer, levels: Levels): readonly Placed[] {
  return levels.flatMap((level, depth) => place(layer, level, depth));
}
