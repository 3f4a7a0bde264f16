import type { serviceAccess } from '../tables/service_access.ts';
import type { RowOf } from '../tables/table.ts';
import { authorityOf } from './authority.ts';
import type { Subject } from './capabilities/inventory.ts';
import { contextOf } from './conditions/context.ts';
import { grouped } from './grouped.ts';
import { subjectOf } from './principal.ts';
import type { Change, Situation } from './what_if.ts';

type Use = RowOf<typeof serviceAccess>;

/**
 * Services and actions in use that a role may do before and not, or not surely, after.
 * @param used rows with a last use
 * @param actionsOf names of all actions by service; none for a service that nobody knows
 */
export function brokenUses(
  before: Situation,
  after: Situation,
  used: readonly Use[],
  actionsOf: ReadonlyMap<string, readonly string[]>,
): readonly Change[] {
  return [...grouped(used, ({ role_arn }) => role_arn)].flatMap(([arn, uses]) => {
    const [was, is] = [before, after].map((one) => subjectOf(one.collected, one.surroundings, arn));
    if (was === undefined || is === undefined) return [];
    return uses.flatMap((use) => broken(was, is, use, actionsOf));
  });
}

function broken(
  was: Subject,
  is: Subject,
  { account_id, role_arn, service, action }: Use,
  actionsOf: ReadonlyMap<string, readonly string[]>,
): readonly Change[] {
  const actions = action === null ? (actionsOf.get(service) ?? []) : [action];
  const [old, next] = [was, is].map((subject) => actions.filter((name) => may(subject, `${service}:${name}`)));
  if (actions.length > 0 && old!.length === next!.length) return [];
  const subject = action === null ? service : `${service}:${action}`;
  const word = actions.length === 0 ? 'unknown' : next!.length === 0 ? 'denied' : 'denied in part';
  return [{ account_id, principal_arn: role_arn, kind: 'use', subject, before: 'used', after: word }];
}

/** Whether an action is left on anything at all. */
function may({ requester, policies }: Subject, action: string): boolean {
  const request = { requester, action, resource: '*', resourceAccount: null, resourceInManagementAccount: false };
  return authorityOf({ ...request, context: contextOf({}), since: null }, policies).verdict !== 'denied';
}
