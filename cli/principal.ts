import type { Subject } from '../analysis/capabilities/inventory.ts';
import { subjectOf } from '../analysis/principal.ts';
import { requesterOf } from '../analysis/requester.ts';
import type { Surroundings } from '../analysis/surroundings.ts';
import { UsageError } from '../errors.ts';
import { type Newest, replay } from '../pipeline/replay.ts';

/** Account of a role or user. @throws UsageError when the ARN is no role's and no user's */
export function accountOf(principal: string): string {
  const requester = requesterOf(principal);
  if (requester !== null && requester.arn === principal && ['role', 'user'].includes(requester.kind))
    return requester.accountId;
  throw new UsageError(
    `Principal \`${principal}\` is no ARN of a role or user; give one such as arn:aws:iam::111122223333:role/name.`,
  );
}

/** @throws UsageError when the snapshot has no such principal, saying whether its account was read */
export async function principalIn(
  snapshot: Newest,
  principal: string,
): Promise<{ readonly subject: Subject; readonly surroundings: Surroundings }> {
  const accountId = accountOf(principal);
  const { collected, surroundings } = await replay(snapshot, accountId);
  const subject = subjectOf(collected, surroundings, principal);
  if (subject !== undefined) return { subject, surroundings };
  const isRead = collected.coverage.some(({ resource, status }) => resource === 'roles' && status === 'ok');
  const why = isRead
    ? `account ${accountId} was read and has no such role or user (see \`rolecall sql "select arn from roles_latest"\`)`
    : `the roles of account ${accountId} were not read (see \`rolecall query coverage_gaps\`)`;
  throw new UsageError(`${principal} is not in the snapshot of ${snapshot.date}: ${why}.`);
}
