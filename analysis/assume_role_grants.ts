import type { assumeRoleGrants } from '../tables/assume_role_grants.ts';
import type { RowOf } from '../tables/table.ts';
import { grantedActions } from './capabilities/granted.ts';
import type { Subject } from './capabilities/inventory.ts';
import type { Permissions } from './capabilities/permissions.ts';
import { widest } from './conditions/variables.ts';
import { FULL_ACCESS } from './control_policies.ts';
import { scpsBind } from './guardrails.ts';
import type { Levels } from './policies.ts';
import type { TrustEdge } from './trust_edges.ts';

type Row = RowOf<typeof assumeRoleGrants>;

const STEP = { action: 'sts:AssumeRole', on: 'role_to_assume' } as const;

/**
 * Which roles principals may assume as far as everything but the policies of those roles goes: RCPs count where the
 * role is, so they are not among it. What a trust policy of the same account gives to a principal by name is told too.
 * @param covered whether the control policies of the organization were read
 * Page: Policy evaluation logic; Policy evaluation for requests within a single account.
 */
export function assumeRoleGrantRows(
  subjects: readonly Subject[],
  permissions: Permissions,
  trusts: readonly TrustEdge[],
  covered: boolean,
): readonly Row[] {
  const named = new Set(trusts.filter(isNamedWithin).map(({ trusted }) => trusted));
  return subjects.flatMap((subject) => [
    ...(asks(subject) ? rowsOf(withoutRcps(subject), false, permissions, covered) : []),
    ...(named.has(subject.requester.arn) ? rowsOf(whenNamed(subject), true, permissions, covered) : []),
  ]);
}

const isNamedWithin = ({ trusted_kind, is_cross_account }: TrustEdge): boolean =>
  trusted_kind === 'principal' && !is_cross_account;

const asks = ({ policies }: Subject): boolean =>
  policies.identity.some(({ document }) => grantedActions(document).has(STEP.action));

const NO_LEVELS: Levels = [];

const withoutRcps = (subject: Subject): Subject => ({
  ...subject,
  policies: { ...subject.policies, rcps: NO_LEVELS },
});

/**
 * A trust policy that names a principal of its account allows in place of identity policies; what they deny stays
 * denied. The boundary of a role still must allow, that of a user only denies.
 */
function whenNamed(subject: Subject): Subject {
  const { identity, boundary, ...others } = subject.policies;
  const isUser = subject.requester.kind === 'user';
  const denying = isUser && boundary !== null ? [...identity, boundary] : identity;
  return withoutRcps({
    ...subject,
    policies: { ...others, identity: [FULL_ACCESS, ...denying], boundary: isUser ? null : boundary },
  });
}

function rowsOf(subject: Subject, when_named: boolean, permissions: Permissions, covered: boolean): readonly Row[] {
  const { requester } = subject;
  const isOpen = !covered && scpsBind({ requester });
  return permissions(subject)(STEP).grants.map(({ within, except, holds }, index) => ({
    account_id: requester.accountId,
    region: 'global',
    principal_arn: requester.arn,
    when_named,
    turn: index + 1,
    role_patterns: within.map(widest),
    spared_patterns: except,
    is_conditional: isOpen || holds !== true,
  }));
}
