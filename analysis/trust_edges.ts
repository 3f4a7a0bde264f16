import type { RowOf } from '../tables/table.ts';
import type { trustEdges } from '../tables/trust_edges.ts';
import { namesAction } from './applies.ts';
import { controlLevels } from './control_policies.ts';
import { keptOut } from './kept_out.ts';
import type { PolicyDocument, Principal, Statement } from './policy.ts';
import type { Surroundings } from './surroundings.ts';
import {
  asksForExternalId,
  asksForOrganization,
  asksForSource,
  asksForSubject,
  keepsStrangersOut,
  namedOrganizations,
  type Trust,
} from './trust_limits.ts';

export type TrustEdge = RowOf<typeof trustEdges>;

/** What tells who is outside. */
type Around = Pick<Surroundings, 'members' | 'organization'>;

/** An edge, but for what resource control policies say to it, which hangs on the role too. */
type OfDocument = Omit<TrustEdge, 'kept_out'>;

/** A role with its trust policy; null when it was not read. */
interface TrustingRole {
  readonly arn: string;
  readonly account_id: string;
  readonly region: string;
  readonly trust: PolicyDocument | null;
}

/**
 * Whom roles let in, one row per trusted party and Condition; what a Deny surely takes away is left out.
 * Roles of one account, of which those with the same document share what it says.
 * Pages: IAM JSON policy elements: Principal; Update a role trust policy.
 */
export function trustEdgeRows(roles: readonly TrustingRole[], around: Surroundings): readonly TrustEdge[] {
  const known = new Map<PolicyDocument | null, readonly OfDocument[]>();
  const { rcps } = controlLevels(around);
  return roles.flatMap((role) => {
    const edges = known.get(role.trust) ?? edgesOf(role, around);
    known.set(role.trust, edges);
    return edges.map((edge) => {
      const own = { ...edge, role_arn: role.arn };
      const out = keptOut(own, rcps, around);
      return { ...own, kept_out: out === 'unknown' ? null : out };
    });
  });
}

function edgesOf(role: TrustingRole, around: Around): readonly OfDocument[] {
  const { trust } = role;
  if (trust === null) return [unreadable(role, 'the trust policy was not read')];
  const edges = trust.statements.flatMap((allow) => {
    if (allow.effect === 'unknown') return [unreadable(role, `statement ${allow.position}`)];
    return allow.effect === 'Deny' ? [] : trustedBy(allow).flatMap((one) => edgeOf(role, trust, allow, one, around));
  });
  return [...new Map(edges.map((edge) => [`${edge.trusted_kind} ${edge.trusted} ${edge.condition}`, edge])).values()];
}

function unreadable({ arn, account_id, region }: TrustingRole, trusted: string): OfDocument {
  return {
    ...{ account_id, region, role_arn: arn, trusted_kind: 'unknown', trusted },
    ...{ is_cross_account: true, is_outside_org: null, has_external_id: false, condition: null },
    problem: 'unreadable',
  };
}

interface Trusted {
  readonly kind: 'service' | 'account' | 'principal' | 'federated' | 'anyone' | 'unknown';
  readonly name: string;
  /** By which action it comes in. */
  readonly action: string;
  /** Null when it is in none, or in any. */
  readonly accountId: string | null;
  /** As a Deny would name it; null for all but those who are named. */
  readonly principal: Principal | null;
}

function trustedBy(allow: Statement): readonly Trusted[] {
  const { principals, notPrincipals } = allow;
  const found =
    notPrincipals === null ? (principals ?? []).map(trustedOf) : [allBut(notPrincipals.map(({ value }) => value))];
  return found.filter(({ action }) => namesAction(allow, action));
}

const ASSUME_ROLE = 'sts:AssumeRole';

function allBut(values: readonly string[]): Trusted {
  const name = `all but ${values.join(', ')}`;
  return { kind: 'anyone', name, action: ASSUME_ROLE, accountId: null, principal: null };
}

function trustedOf(principal: Principal): Trusted {
  const { kind, value } = principal;
  const of = (found: Trusted['kind'], action = ASSUME_ROLE): Trusted => ({
    ...{ kind: found, name: value, action, accountId: accountOf(value), principal },
  });
  if (kind === 'service') return of('service');
  if (kind === 'federated')
    return of(
      'federated',
      value.includes(':saml-provider/') ? `${ASSUME_ROLE}WithSAML` : `${ASSUME_ROLE}WithWebIdentity`,
    );
  if (kind === 'canonical') return of('unknown');
  if (value === '*') return of('anyone');
  return of(/^\d{12}$|:root$/.test(value) ? 'account' : 'principal');
}

/** A bare unique id (AROA…) stands for somebody who is gone: no account. */
function accountOf(value: string): string | null {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::|$)/.exec(value)?.[1] ?? null;
}

function edgeOf(
  role: TrustingRole,
  { version, statements }: PolicyDocument,
  allow: Statement,
  trusted: Trusted,
  around: Around,
): readonly OfDocument[] {
  const denies = statements.filter((one) => one.effect === 'Deny' && denied(one, trusted));
  if (denies.some(({ conditions }) => conditions.length === 0)) return [];
  const trust = { allow, denies, version };
  const place = placeOf(trusted, role.account_id, trust, around);
  const has_external_id = asksForExternalId(trust);
  return [
    {
      account_id: role.account_id,
      region: role.region,
      role_arn: role.arn,
      trusted_kind: trusted.kind,
      trusted: trusted.name,
      ...place,
      has_external_id,
      condition: allow.conditionText,
      problem: problemOf(trusted, trust, { ...place, has_external_id }),
    },
  ];
}

/** Whether a Deny speaks of the trusted by name, by its account or of everybody. */
function denied(deny: Statement, { principal, action, accountId }: Trusted): boolean {
  if (!namesAction(deny, action)) return false;
  const isMeant = ({ kind, value }: Principal): boolean => {
    if (value === '*') return kind === 'aws' || kind === principal?.kind;
    if (principal === null || kind !== principal.kind) return false;
    return value === principal.value || (accountId !== null && isAccount(value) && accountOf(value) === accountId);
  };
  if (deny.notPrincipals === null) return deny.principals?.some(isMeant) ?? false;
  // Whom NotPrincipal spares is spared by name only; of an account it may spare some.
  return principal !== null && !deny.notPrincipals.some(isMeant) && !deny.notPrincipals.some(within(accountId));
}

const isAccount = (value: string): boolean => /^\d{12}$|:root$/.test(value);

const within =
  (accountId: string | null) =>
  ({ value }: Principal): boolean =>
    accountId !== null && accountOf(value) === accountId;

type Place = Pick<TrustEdge, 'is_cross_account' | 'is_outside_org'>;

function placeOf(trusted: Trusted, own: string, trust: Trust, { members, organization }: Around): Place {
  if (trusted.kind === 'unknown') return { is_cross_account: true, is_outside_org: null };
  const { kind, accountId } = trusted;
  if (kind !== 'anyone' && (accountId === null || accountId === own))
    return { is_cross_account: false, is_outside_org: false };
  if (organization !== null && asksForOrganization(trust, organization.id))
    return { is_cross_account: true, is_outside_org: false };
  if (kind === 'anyone')
    return {
      is_cross_account: true,
      is_outside_org: keepsStrangersOut(trust) ? pinned(trust, members, organization) : true,
    };
  const isOutside = members === null || accountId === null ? null : !members.includes(accountId);
  return { is_cross_account: true, is_outside_org: isOutside };
}

/** Anyone of the accounts that the conditions name; without any, of an organization, which is not ours. */
function pinned(trust: Trust, members: Around['members'], organization: Around['organization']): boolean | null {
  const named = trust.allow.conditions
    .filter(({ key }) => /^aws:principal(account|arn)$/i.test(key))
    .flatMap(({ values }) => values);
  const accounts = named.map(accountOf);
  if (accounts.length === 0) return organization !== null && namedOrganizations(trust).length > 0 ? true : null;
  if (members === null) return null;
  return accounts.some((account) => account === null || !members.includes(account));
}

function problemOf(
  { kind, name }: Trusted,
  trust: Trust,
  edge: Pick<TrustEdge, 'is_cross_account' | 'is_outside_org' | 'has_external_id'>,
): string | null {
  if (kind === 'unknown') return 'unreadable';
  if (kind === 'anyone') return keepsStrangersOut(trust) ? null : 'wildcard';
  if (kind === 'federated') return asksForSubject(trust, name) ? null : 'no_subject';
  if (kind === 'service') return isLambda(name) && !asksForSource(trust) ? 'no_source_account' : null;
  return edge.is_cross_account && edge.is_outside_org !== false && !edge.has_external_id ? 'no_external_id' : null;
}

const isLambda = (service: string): boolean => service === '*' || service.toLowerCase() === 'lambda.amazonaws.com';
