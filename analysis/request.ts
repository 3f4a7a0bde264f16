import { type Context, type ContextValue, contextOf } from './conditions/context.ts';
import { requestedRegion } from './requested_region.ts';

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
  /** Condition keys that are the same in all of its requests, beyond those that follow from the above. */
  readonly known: Context;
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
export function requestContext(request: Request): Context {
  const { requester, context, since } = request;
  const known = { ...ofRequester(requester), ...ofResource(request), ...ofTime(requester, since) };
  return new Map([...contextOf(known), ...requester.known, ...context]);
}

/** Page: AWS global condition context keys, Properties of the resource. */
function ofResource(request: Request): Record<string, ContextValue | string> {
  const { requester, resourceAccount } = request;
  const region = requestedRegion(request);
  return {
    ...(region === null ? {} : { 'aws:RequestedRegion': region }),
    ...(resourceAccount === null ? {} : { 'aws:ResourceAccount': resourceAccount }),
    ...(resourceAccount === requester.accountId ? ofOwnOrganization(requester) : {}),
  };
}

/** What belongs to the requester’s account is in its organization, at the same place. */
function ofOwnOrganization({ known }: Requester): Record<string, ContextValue> {
  const [id, paths] = [known.get('aws:principalorgid'), known.get('aws:principalorgpaths')];
  return {
    ...(id === undefined ? {} : { 'aws:ResourceOrgID': id }),
    ...(paths === undefined ? {} : { 'aws:ResourceOrgPaths': paths }),
  };
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
