import { contextOf } from './conditions/context.ts';
import type { Requester, RequesterKind } from './request.ts';

const PLAIN = { sessionArn: null, isServiceLinked: false, inManagementAccount: false, known: contextOf({}) };

/** The ARN of a session leaves out the path of its role, so nobody can tell what the role's own is. */
const PATH_UNKNOWN = contextOf({ 'aws:PrincipalArn': undefined });

/** An identity of an account that nobody names: what hangs on who it is stays open. */
export function someoneOf(accountId: string): Requester {
  return { ...PLAIN, kind: 'someone', arn: '', accountId };
}

/**
 * Who an ARN or service name stands for: a user, a role, a session of a role, root, a service; null for anything else.
 * Page: IAM identifiers, IAM ARNs.
 */
export function requesterOf(arn: string): Requester | null {
  if (/^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(arn)) return { ...PLAIN, kind: 'service', arn, accountId: '' };
  const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(arn);
  if (session !== null) {
    const [, partition, accountId, name] = session;
    const role = roleOf(`arn:${partition}:iam::${accountId}:role/${name}`, accountId!);
    return { ...role, sessionArn: arn, known: PATH_UNKNOWN };
  }
  const found = /^arn:[\w-]+:iam::(\d{12}):(root$|user\/|role\/)/.exec(arn);
  if (found === null) return null;
  const kind = found[2]!.replace('/', '') as RequesterKind;
  return kind === 'role' ? roleOf(arn, found[1]!) : { ...PLAIN, kind, arn, accountId: found[1]! };
}

/** Page: Create a service-linked role: their path is AWS's own. */
function roleOf(arn: string, accountId: string): Requester {
  return { ...PLAIN, kind: 'role', arn, accountId, isServiceLinked: arn.includes(':role/aws-service-role/') };
}
