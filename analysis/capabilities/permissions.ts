import { statementsNaming } from '../applies.ts';
import type { Authority } from '../authority.ts';
import { contextOf } from '../conditions/context.ts';
import type { NamedPolicy } from '../policies.ts';
import type { Statement } from '../policy.ts';
import type { Step } from './capability.ts';
import type { Inventory, Subject } from './inventory.ts';
import { numbered } from './numbered.ts';
import { authorityAmong, placesFor } from './places.ts';
import { remembered } from './remembered.ts';
import { askedFor } from './targets.ts';

/** A step with what the principal’s policies say to it. */
export interface Permission {
  readonly step: Step;
  readonly authority: Authority;
}

/** Requests to come are made after this was written: sessions revoked and grants ended before are no more. */
const WRITTEN = new Date('2026-01-01T00:00:00Z');

/**
 * What the policies of principals of an account say to a step. Principals of whom the same statements speak get the
 * same answer, and the same object.
 */
export function permissionsIn(inventory: Inventory): (subject: Subject) => (step: Step) => Authority {
  const { accountId } = inventory;
  const known = new Map<string, Authority>();
  return (subject) => {
    const { own, others } = placesOf(subject);
    const permitted = (step: Step) => {
      const key = `${step.action} ${askedFor(step.on, accountId)} ${others} ${spoken(own, step, subject.requester.arn)}`;
      const authority = known.get(key) ?? askedOf(step, subject, inventory);
      known.set(key, authority);
      return authority;
    };
    return remembered(permitted, nameOf);
  };
}

/** The same step is part of many capabilities. */
function nameOf({ action, on, service = '' }: Step): string {
  return `${action} ${on} ${service}`;
}

const policyNumber = numbered<NamedPolicy>();
const levelsNumber = numbered<object>();

/** Identity policies and boundary, which differ from one principal to the next, and all else that has a say. */
function placesOf({ requester, policies }: Subject) {
  const { identity, boundary, session, scps, rcps } = policies;
  const { kind, isServiceLinked, inManagementAccount } = requester;
  const shared = [scps, rcps, ...(session === null ? [] : [session])].map(levelsNumber);
  const bounds = boundary === null ? 'none' : policyNumber(boundary);
  const controlled = [...scps.flat(), ...rcps.flat(), ...(session ?? [])];
  return {
    own: [...identity, ...(boundary === null ? [] : [boundary]), ...controlled],
    others: [kind, isServiceLinked, inManagementAccount, bounds, ...shared].join(' '),
  };
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

/** Whether conditions or resources of a statement tell one requester of a kind from another. */
function hangsOnRequester({ conditionText, resources, notResources }: Statement): boolean {
  const tells = (text: string) => text.includes('${') || /aws:(principal|user)/i.test(text);
  return tells(conditionText ?? '') || [...(resources ?? []), ...(notResources ?? [])].some(tells);
}

function askedOf(step: Step, { requester, policies }: Subject, inventory: Inventory): Authority {
  const { accountId } = inventory;
  const isOwn = step.on !== 'anything' && step.on !== 'everything' && step.on !== 'role_to_assume';
  const request = {
    requester,
    action: step.action,
    resource: askedFor(step.on, accountId),
    resourceAccount: isOwn ? accountId : null,
    resourceInManagementAccount: requester.inManagementAccount,
    context: contextOf(step.service === undefined ? {} : { 'iam:PassedToService': step.service }),
    since: WRITTEN,
  };
  return authorityAmong(request, policies, placesFor(step, inventory));
}
