import { statementsNaming } from '../applies.ts';
import type { Authority } from '../authority.ts';
import { contextOf } from '../conditions/context.ts';
import type { NamedPolicy } from '../policies.ts';
import type { Statement } from '../policy.ts';
import type { Step } from './capability.ts';
import type { Inventory, Subject } from './inventory.ts';
import { numbered } from './numbered.ts';
import { authorityAmong, type Place, placesFor } from './places.ts';
import { remembered } from './remembered.ts';
import { askedFor } from './targets.ts';

/** A step with what the principal’s policies say to it. */
export interface Permission {
  readonly step: Step;
  readonly authority: Authority;
}

/** Requests to come are made after this was written: sessions revoked and grants ended before are no more. */
const WRITTEN = new Date('2026-01-01T00:00:00Z');

/** What the policies of a principal say to a step. */
export type Permissions = (subject: Subject) => (step: Step) => Authority;

/**
 * What the policies of principals of an account say. Principals of whom the same statements speak get the same answer,
 * and the same object.
 */
export function permissionsIn(inventory: Inventory): Permissions {
  const known = remembered((_step: string) => new Map<string, Authority>());
  const placesOf = remembered((step: Step) => placesFor(step, inventory), nameOf);
  return (subject) => {
    const others = othersOf(subject);
    const speakers = speakersOf(subject);
    const permitted = (step: Step) => {
      const sameStep = known(nameOf(step));
      const key = `${others}${spoken(speakers, step, subject.requester.arn)}`;
      const authority = sameStep.get(key) ?? askedOf(step, subject, inventory.accountId, placesOf);
      sameStep.set(key, authority);
      return authority;
    };
    return remembered(permitted, nameOf);
  };
}

/** The same step is part of many capabilities. */
function nameOf(step: Step): string {
  const name = names.get(step) ?? `${step.action} ${step.on} ${step.service ?? ''}`;
  names.set(step, name);
  return name;
}

const names = new WeakMap<Step, string>();

const policyNumber = numbered<NamedPolicy>();
const levelsNumber = numbered<object>();

/** What has a say beside the policies: who asks, and how many layers there are. */
function othersOf({ requester, policies: { boundary, session, scps, rcps } }: Subject): string {
  const { kind, isServiceLinked, inManagementAccount } = requester;
  const shared = [scps, rcps, ...(session === null ? [] : [session])].map(levelsNumber);
  const bounds = boundary === null ? 'none' : policyNumber(boundary);
  return [kind, isServiceLinked, inManagementAccount, bounds, ...shared].join(' ');
}

function speakersOf({ policies }: Subject): readonly NamedPolicy[] {
  const { identity, boundary, session, scps, rcps } = policies;
  return [...identity, ...(boundary === null ? [] : [boundary]), ...scps.flat(), ...rcps.flat(), ...(session ?? [])];
}

/** Names all that speaks of a step, and the requester and the service too where something hangs on them. */
function spoken(policies: readonly NamedPolicy[], { action, service }: Step, arn: string): string {
  let key = '';
  let onRequester = false;
  let onService = false;
  for (const policy of policies) {
    const statements = statementsNaming(policy.document, action);
    if (statements.length === 0) continue;
    key += ` ${policyNumber(policy)}`;
    onRequester ||= statements.some(hangsOnRequester);
    onService ||= service !== undefined && statements.some(({ conditions }) => conditions.length > 0);
  }
  return `${key} ${onRequester ? arn : ''} ${onService ? service : ''}`;
}

/** Asked again and again of the same statements. */
const hanging = new WeakMap<Statement, boolean>();

/** Whether conditions or resources of a statement tell one requester of a kind from another. */
function hangsOnRequester(statement: Statement): boolean {
  const known = hanging.get(statement);
  if (known !== undefined) return known;
  const { conditionText, resources, notResources } = statement;
  const tells = (text: string) => text.includes('${') || /aws:(principal(arn|tag)|user)/i.test(text);
  const hangs = tells(conditionText ?? '') || [...(resources ?? []), ...(notResources ?? [])].some(tells);
  hanging.set(statement, hangs);
  return hangs;
}

/** Who asks can ask over TLS. Page: AWS global condition context keys, aws:SecureTransport. */
const TLS = { 'aws:SecureTransport': 'true' };

/** Contexts by the service that a role is passed to. */
const contextFor = remembered((service: string) =>
  contextOf({ ...TLS, ...(service === '' ? {} : { 'iam:PassedToService': service }) }),
);

function askedOf(
  step: Step,
  { requester, policies }: Subject,
  accountId: string,
  placesOf: (step: Step) => readonly Place[],
): Authority {
  const isOwn = step.on !== 'anything' && step.on !== 'everything' && step.on !== 'role_to_assume';
  const request = {
    requester,
    action: step.action,
    resource: askedFor(step.on, accountId),
    resourceAccount: isOwn ? accountId : null,
    resourceInManagementAccount: requester.inManagementAccount,
    context: contextFor(step.service ?? ''),
    since: WRITTEN,
  };
  return authorityAmong(request, policies, () => placesOf(step));
}
