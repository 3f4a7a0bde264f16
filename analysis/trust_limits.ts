import { conditionsHold } from './conditions/conditions.ts';
import { type Context, contextOf } from './conditions/context.ts';
import type { Condition, Statement } from './policy.ts';
import { OVER_API } from './strangers.ts';

/** An Allow of a trust policy with the Deny statements that speak of the same party. */
export interface Trust {
  readonly allow: Statement;
  readonly denies: readonly Statement[];
  readonly version: string;
}

/** Whether a request with this context is surely kept out. */
function keepsOut({ allow, denies, version }: Trust, context: Context): boolean {
  if (conditionsHold(allow.conditions, version, context) === false) return true;
  return denies.some(({ conditions }) => conditionsHold(conditions, version, context) === true);
}

/** Whether a key is asked for: a request without it is kept out, and so is one with a value that nobody can have meant. */
function asksFor(trust: Trust, key: string, strange: readonly string[]): boolean {
  return [null, ...strange.map((value) => [value])].every((value) => keepsOut(trust, contextOf({ [key]: value })));
}

/** Page: Access to AWS accounts owned by third parties, the external ID. */
export function asksForExternalId(trust: Trust): boolean {
  return asksFor(trust, 'sts:ExternalId', ['somebody-else']);
}

/**
 * Whether a trust in a web identity provider says who of all that the provider vouches for: of a shared provider that
 * AWS knows by itself, the application or the pool is enough. SAML providers vouch for one organization only.
 * Pages: Create a role for OpenID Connect federation, Configuring a role for GitHub OIDC identity provider;
 * IAM and AWS STS condition context keys, Keys available for AWS OIDC federation.
 */
export function asksForSubject(trust: Trust, provider: string): boolean {
  if (provider.includes(':saml-provider/')) return true;
  const host = provider.slice(provider.indexOf('/') + 1);
  return (KNOWN_TO_AWS[host] ?? ['sub']).some((key) =>
    asksFor(trust, `${host}:${key}`, ['somebody-else', 'repo:somebody/else:ref:refs/heads/main']),
  );
}

const KNOWN_TO_AWS: Readonly<Record<string, readonly string[]>> = {
  'accounts.google.com': ['aud', 'oaud', 'sub'],
  'cognito-identity.amazonaws.com': ['aud', 'sub'],
  'graph.facebook.com': ['app_id', 'id'],
  'www.amazon.com': ['app_id', 'user_id'],
};

const [OUTSIDE_ACCOUNT, STANDALONE_ACCOUNT, OUTSIDE_SERVICE] = OVER_API as readonly [Context, Context, Context];
/** Nobody's, as in `strangers.ts`. */
const STRANGER = '000000000001';
const STRANGE_FUNCTION: Context = contextOf({
  'aws:SourceArn': `arn:aws:lambda:us-east-1:${STRANGER}:function:theirs`,
});

/** Whether functions of other accounts are kept out. Page: The confused deputy problem, cross-service. */
export function asksForSource(trust: Trust): boolean {
  return keepsOut(trust, new Map([...OUTSIDE_SERVICE, ...STRANGE_FUNCTION]));
}

/** Whether somebody of an account that no condition names is kept out, whatever they call their role. */
export function keepsStrangersOut(trust: Trust): boolean {
  const arns = namedArns(trust.allow.conditions).map((arn) => contextOf({ 'aws:PrincipalArn': asStranger(arn) }));
  const strangers = [OUTSIDE_ACCOUNT, STANDALONE_ACCOUNT].flatMap((one) => [
    one,
    ...arns.map((arn) => new Map([...one, ...arn])),
  ]);
  return strangers.every((context) => keepsOut(trust, context));
}

/**
 * Whether it is membership in an organization that keeps strangers out: no other one is named.
 * Pages: AWS global condition context keys, aws:PrincipalOrgID, aws:PrincipalOrgPaths.
 */
export function asksForOrganization(trust: Trust, id: string): boolean {
  const isNamed = namedOrganizations(trust).every((one) => one === id);
  return isNamed && keepsStrangersOut(trust) && !keepsOut(trust, memberOf(id));
}

/** Ids that conditions of a trust name. */
export function namedOrganizations({ allow, denies }: Trust): readonly string[] {
  const conditions = [allow, ...denies].flatMap((one) => one.conditions);
  const naming = conditions.filter(({ key }) => /^aws:principalorg(id|paths)$/i.test(key));
  return naming.flatMap(({ values }) => values.map((value) => value.split('/')[0]!));
}

/** Somebody of an account that nobody names, at any place of an organization. */
function memberOf(id: string): Context {
  const { 'aws:principalorgpaths': _, ...known } = Object.fromEntries(OUTSIDE_ACCOUNT);
  return contextOf({ ...known, 'aws:PrincipalOrgID': id });
}

function namedArns(conditions: readonly Condition[]): readonly string[] {
  return conditions.filter(({ key }) => key.toLowerCase() === 'aws:principalarn').flatMap(({ values }) => values);
}

/** The ARN nearest to a pattern that a stranger can have: any name, but in their own account. */
function asStranger(pattern: string): string {
  return pattern
    .split(':')
    .map((part, index) => (index === 4 ? STRANGER : part.replace(/[*?]/g, 'x')))
    .join(':');
}
