import { UsageError } from '../errors.ts';
import { contextOf } from './conditions/context.ts';
import { parseDocument } from './document.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import type { Levels, NamedPolicy, Policies } from './policies.ts';
import type { DocumentKind } from './policy.ts';
import type { Requester } from './request.ts';
import { requesterOf, someoneOf } from './requester.ts';

/** A policy as somebody handed it over. */
export interface PolicyText {
  /** File name or id, for the answer. */
  readonly name: string;
  readonly text: string;
}

/** One request. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; one that is not given is unknown. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Simulation extends Asked {
  readonly policies: readonly PolicyText[];
  readonly boundary: PolicyText | null;
  readonly session: PolicyText | null;
  /** From the root down, one a level. */
  readonly scps: readonly PolicyText[];
  /** The resource's own policy; null when it is not at hand. */
  readonly resourcePolicy: PolicyText | null;
  /** ARN of a user, role or session; null leaves open what hangs on who asks. */
  readonly principal: string | null;
  /** The time the request is made at or after; null leaves open what hangs on it. */
  readonly since: Date | null;
}

export interface Simulated extends Evaluation {
  /** What is wrong with the given policies, with name and place. */
  readonly problems: readonly string[];
}

/**
 * Decides one request by policies alone. Without the resource's own policy, where one must let in (keys, roles,
 * other accounts), the best that can come out is `conditional`.
 * @throws UsageError when action, resource or principal is none.
 */
export function simulate(given: Simulation): Simulated {
  check(given);
  const policies: Policies = {
    identity: given.policies.map((policy) => named(policy)),
    boundary: given.boundary && named(given.boundary),
    session: given.session && [named(given.session)],
    scps: levelsOf(given.scps.map((policy) => named(policy))),
    rcps: [],
    resource: given.resourcePolicy === null ? 'unread' : named(given.resourcePolicy, 'resource'),
  };
  return { ...evaluate(requestFor(given), policies), problems: problemsOf(policies) };
}

function problemsOf({ identity, boundary, session, scps, resource }: Policies): readonly string[] {
  const found = [...identity, boundary, ...(session ?? []), ...scps.flat(), resource === 'unread' ? null : resource];
  return found.flatMap((policy) => (policy?.document.problem ? [`${policy.id}: ${policy.document.problem}`] : []));
}

function named({ name, text }: PolicyText, kind: DocumentKind = 'identity'): NamedPolicy {
  return { id: name, document: parseDocument(text, kind) };
}

const FULL_ACCESS = named({
  name: 'FullAWSAccess',
  text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
});

/**
 * A policy that only denies is meant to stand beside FullAWSAccess, as AWS attaches it everywhere.
 * Page: Strategies for using SCPs, Using SCPs as a deny list.
 */
function levelsOf(scps: readonly NamedPolicy[]): Levels {
  const onlyDenies = ({ document }: NamedPolicy) => document.statements.every(({ effect }) => effect === 'Deny');
  return scps.map((policy) => (onlyDenies(policy) ? [FULL_ACCESS, policy] : [policy]));
}

function requestFor({ principal, action, resource, context, since }: Simulation) {
  const owner = accountIn(resource);
  const requester = principal === null ? someoneOf(owner ?? 'unknown') : requesterFor(principal);
  return {
    requester,
    action,
    resource,
    resourceAccount: owner,
    resourceInManagementAccount: false,
    context: contextOf(context),
    since,
  };
}

/** Account that an ARN names; null when it names none, as those of S3. */
export function accountIn(resource: string): string | null {
  const account = resource.split(':')[4] ?? '';
  return /^\d{12}$/.test(account) ? account : null;
}

function requesterFor(principal: string): Requester {
  const requester = requesterOf(principal);
  if (requester !== null) return requester;
  throw new UsageError(
    `Principal \`${principal}\` is no ARN of a user, role or session; give one such as arn:aws:iam::111122223333:role/name.`,
  );
}

/** @throws UsageError when action or resource is none */
export function check({ action, resource }: Asked): void {
  if (!/^[\w-]+:\w+$/.test(action))
    throw new UsageError(
      `Action \`${action}\` is not of the form service:Name; give one action, such as s3:GetObject.`,
    );
  if (resource !== '*' && !resource.startsWith('arn:'))
    throw new UsageError(
      `Resource \`${resource}\` is neither an ARN nor \`*\`; give one, such as arn:aws:s3:::bucket/key.`,
    );
}
