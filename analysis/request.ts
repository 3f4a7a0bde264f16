import { type Context, type ContextValue, contextOf } from './conditions/context.ts';

/** `someone`: an identity of an account, nobody knows which. */
export type RequesterKind = 'user' | 'role' | 'root' | 'someone' | 'service' | 'federated' | 'anonymous';

/** Who asks. */
export interface Requester {
  readonly kind: RequesterKind;
  /** ARN of user, role (not of its session) or root; name of a service; ARN of an identity provider; empty for nobody. */
  readonly arn: string;
  /** Empty for services and nobody. */
  readonly accountId: string;
  /** ARN of the role's session, when a certain one is meant. */
  readonly sessionArn: string | null;
  readonly isServiceLinked: boolean;
  readonly inManagementAccount: boolean;
}

/** One request to AWS. */
export interface Request {
  readonly requester: Requester;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** ARN; `*` for actions that name no resource. */
  readonly resource: string;
  /** Account that owns the resource; null when nobody knows (an S3 ARN does not tell): it is then taken for the own. */
  readonly resourceAccount: string | null;
  readonly resourceInManagementAccount: boolean;
  /** What else is known; a key given here counts before what follows from the requester. */
  readonly context: Context;
  /** Requests are made from then on; null when no time is meant. */
  readonly since: Date | null;
}

/**
 * What is known of every request of this requester, beside what the request says itself.
 * Pages: AWS global condition context keys; IAM policy elements: Variables and tags, Principal key values.
 */
export function requestContext({ requester, resourceAccount, context, since }: Request): Context {
  const owner = resourceAccount === null ? {} : { 'aws:ResourceAccount': resourceAccount };
  const known = { ...ofRequester(requester), ...owner, ...ofTime(requester, since) };
  return new Map([...contextOf(known), ...context]);
}

const TYPES: Partial<Record<RequesterKind, string>> = { user: 'User', role: 'AssumedRole', root: 'Account' };

function ofRequester({ kind, arn, accountId }: Requester): Record<string, ContextValue | string> {
  if (kind === 'someone') return {};
  const type = TYPES[kind];
  if (kind === 'service')
    return { ...WITHOUT_IDENTITY, 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': arn };
  if (type === undefined) return { ...WITHOUT_IDENTITY, 'aws:PrincipalIsAWSService': 'false' };
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalType': type,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalServiceName': null,
    'aws:username': kind === 'user' ? arn.slice(arn.lastIndexOf('/') + 1) : null,
  };
}

const WITHOUT_IDENTITY = { 'aws:PrincipalArn': null, 'aws:PrincipalAccount': null, 'aws:username': null };

/** A role's session is younger than the request's earliest time; a user asks with such a session, or with none. */
function ofTime({ kind }: Requester, since: Date | null): Record<string, ContextValue> {
  if (since === null) return {};
  const later = { since, mayBeAbsent: false };
  return {
    'aws:CurrentTime': later,
    'aws:EpochTime': later,
    'aws:TokenIssueTime': { since, mayBeAbsent: kind !== 'role' },
  };
}
