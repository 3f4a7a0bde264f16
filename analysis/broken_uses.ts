import type { serviceAccess } from '../tables/service_access.ts';
import type { RowOf } from '../tables/table.ts';
import { expansionOf, knownActions } from './action_catalogue.ts';
import { authorityOf } from './authority.ts';
import type { Subject } from './capabilities/inventory.ts';
import { contextOf } from './conditions/context.ts';
import { grantedTo } from './granted_actions.ts';
import { grouped } from './grouped.ts';
import { documentReader, policyReader } from './read_policies.ts';
import { subjectsOf } from './subjects.ts';
import type { Change, Situation } from './what_if.ts';

type Access = RowOf<typeof serviceAccess>;

/**
 * Services and actions in use that a role may do before and not, or not surely, after; and roles that lose something and
 * of which nobody read what they use: whether that breaks anything is unknown.
 * @param access all rows of the account
 */
export function brokenUses(before: Situation, after: Situation, access: readonly Access[]): readonly Change[] {
  const [old, next] = [rolesIn(before), rolesIn(after)];
  const accessOf = grouped(access, ({ role_arn }) => role_arn);
  return [...old].flatMap(([arn, was]) => {
    const [is, rows] = [next.get(arn), accessOf.get(arn) ?? []];
    if (is === undefined) return [];
    if (rows.every(({ source }) => source === 'granted')) return losesAny(was, is) ? [unknownUse(was)] : [];
    return rows.filter(({ last_used_at }) => last_used_at !== null).flatMap((use) => broken(was, is, use));
  });
}

function rolesIn({ collected, surroundings }: Situation): ReadonlyMap<string, Subject> {
  const identity = documentReader('identity');
  const read = collected.policies.map((policy) => ({ policy, document: identity(policy.document) }));
  const readers = { policy: policyReader(read), trust: documentReader('resource') };
  const roles = subjectsOf({ ...collected, users: [] }, readers, surroundings);
  return new Map(roles.map((subject) => [subject.requester.arn, subject]));
}

function losesAny(was: Subject, is: Subject): boolean {
  const [old, next] = [grantedTo(was).marks, grantedTo(is).marks];
  return old.some((mark, place) => mark !== 0 && next[place] === 0);
}

const unknownUse = ({ requester }: Subject): Change => ({
  ...{ account_id: requester.accountId, principal_arn: requester.arn, kind: 'use', subject: '*' },
  ...{ before: 'unknown', after: 'unknown' },
});

function broken(was: Subject, is: Subject, { account_id, role_arn, service, action }: Access): readonly Change[] {
  const subject = action === null ? service : `${service}:${action}`;
  const actions = action === null ? actionsOf(service) : [subject];
  const [old, next] = [was, is].map((one) => actions.filter((name) => may(one, name)));
  if (actions.length > 0 && old!.length === next!.length) return [];
  const word = actions.length === 0 ? 'unknown' : next!.length === 0 ? 'denied' : 'denied in part';
  return [{ account_id, principal_arn: role_arn, kind: 'use', subject, before: 'used', after: word }];
}

/** None for a service that the catalogue does not know. */
const actionsOf = (service: string): readonly string[] =>
  Array.from(expansionOf(`${service}:*`).places, (place) => `${service}:${knownActions[place]!.name}`);

/** Whether an action is left on anything at all. */
function may({ requester, policies }: Subject, action: string): boolean {
  const request = { requester, action, resource: '*', resourceAccount: null, resourceInManagementAccount: false };
  return authorityOf({ ...request, context: contextOf({}), since: null }, policies).verdict !== 'denied';
}
