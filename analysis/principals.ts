import type { Principal, Statement } from './policy.ts';
import type { Requester } from './request.ts';
import type { Truth } from './truth.ts';

/**
 * How the Principal element of a statement reaches a requester.
 * `direct`: by itself or as everybody. `role`: by the role's ARN, so that boundary and session policy still cap it.
 * `account`: by its account, which passes the decision on to the requester's own policies. `maybe`: nobody can tell.
 */
export type Reach = 'direct' | 'role' | 'account' | 'maybe' | null;

/**
 * How an Allow of a resource policy reaches the requester.
 * Pages: IAM JSON policy elements: Principal; Policy evaluation for requests within a single account.
 */
export function reachOf({ principals, notPrincipals, effect }: Statement, requester: Requester): Reach {
  if (effect === 'unknown') return 'maybe';
  if (notPrincipals !== null) return complement(strongest(notPrincipals, requester));
  return principals === null ? null : strongest(principals, requester);
}

/** NotPrincipal with Allow lets everybody in who is not named. */
function complement(named: Reach): Reach {
  if (named === null) return 'direct';
  return named === 'maybe' ? 'maybe' : null;
}

/**
 * Whether a Deny of a resource policy is meant for the requester. NotPrincipal spares only whom it names together
 * with the account, and nobody who has a permissions boundary.
 * Pages: IAM JSON policy elements: NotPrincipal; Permissions boundaries for IAM entities.
 */
export function isDenied(statement: Statement, requester: Requester, hasBoundary: boolean): Truth {
  const { principals, notPrincipals } = statement;
  if (statement.effect === 'unknown') return 'unknown';
  if (notPrincipals === null) return asTruth(principals === null ? null : strongest(principals, requester));
  if (hasBoundary) return true;
  const reaches = notPrincipals.map((one) => reach(one, requester));
  const named = reaches.some((one) => one === 'direct' || one === 'role');
  if (named && (reaches.includes('account') || requester.accountId === '')) return false;
  return reaches.every((one) => one === null) || 'unknown';
}

function asTruth(found: Reach): Truth {
  return found === 'maybe' ? 'unknown' : found !== null;
}

const STRENGTH: readonly Reach[] = ['direct', 'role', 'account', 'maybe'];

function strongest(principals: readonly Principal[], requester: Requester): Reach {
  const found = principals.map((one) => reach(one, requester));
  return STRENGTH.find((one) => found.includes(one)) ?? null;
}

function reach({ kind, value }: Principal, requester: Requester): Reach {
  if (kind === 'aws') return reachOfAws(value, requester);
  if (kind === 'canonical') return requester.accountId === '' ? null : 'maybe';
  const same = requester.kind === kind && (value === '*' || value.toLowerCase() === requester.arn.toLowerCase());
  return same ? 'direct' : null;
}

function reachOfAws(value: string, requester: Requester): Reach {
  if (value === '*') return 'direct';
  if (requester.accountId === '') return null;
  if (isAccount(value, requester.accountId)) return requester.kind === 'root' ? 'direct' : 'account';
  if (requester.kind === 'someone') return value.includes(`:${requester.accountId}:`) ? 'maybe' : null;
  if (value === requester.arn) return requester.kind === 'role' ? 'role' : 'direct';
  if (requester.kind !== 'role') return null;
  if (requester.sessionArn !== null) return ofSession(value, requester.arn, requester.sessionArn);
  return isSomeSession(value, requester.arn) ? 'maybe' : null;
}

function isAccount(value: string, accountId: string): boolean {
  return value === accountId || (value.startsWith('arn:') && value.endsWith(`:iam::${accountId}:root`));
}

/** No two roles of an account have the same name, whatever their paths, and the ARN of a session leaves the path out. */
function ofSession(value: string, roleArn: string, sessionArn: string): Reach {
  if (value === sessionArn) return 'direct';
  const [inAccount, name] = roleArn.split(':role/') as [string, string];
  return value.startsWith(`${inAccount}:role/`) && value.endsWith(`/${name}`) ? 'role' : null;
}

/** `arn:aws:sts::111122223333:assumed-role/name/session` is a session of that role; its path is left out. */
function isSomeSession(value: string, roleArn: string): boolean {
  const [, partition, , , account] = roleArn.split(':');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return value.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`);
}
