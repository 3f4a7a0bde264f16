import { applies, statementsNaming } from './applies.ts';
import { contextOf } from './conditions/context.ts';
import { rcpsBind } from './guardrails.ts';
import type { Levels } from './policies.ts';
import { type Request, type Requester, requestContext } from './request.ts';
import { requesterOf, someoneOf } from './requester.ts';
import type { Surroundings } from './surroundings.ts';
import { some, type Truth } from './truth.ts';

/** Whom a trust policy lets in, and the role that it is of. */
interface Trusting {
  readonly account_id: string;
  readonly role_arn: string;
  readonly trusted_kind: string;
  readonly trusted: string;
}

/**
 * Whether resource control policies of a role's account keep from it whom its trust policy lets in.
 * Page: Resource control policies: RCP evaluation, which goes by the account of the resource.
 */
export function keptOut(edge: Trusting, rcps: Levels, around: Pick<Surroundings, 'members' | 'organization'>): Truth {
  if (rcps.length === 0) return false;
  const request: Request = {
    requester: comingAs(edge, around),
    action: actionOf(edge),
    resource: edge.role_arn,
    resourceAccount: edge.account_id,
    resourceInManagementAccount: false,
    context: new Map(),
    since: null,
  };
  if (!rcpsBind(request)) return false;
  const asked = { action: request.action, resource: request.resource, context: requestContext(request) };
  return some(rcps.flat(), ({ document }) =>
    some(statementsNaming(document, asked.action), (statement) =>
      statement.effect === 'Allow' ? false : applies(statement, document.version, asked),
    ),
  );
}

function actionOf({ trusted_kind, trusted }: Trusting): string {
  if (trusted_kind !== 'federated') return 'sts:AssumeRole';
  return trusted.includes(':saml-provider/') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
}

/** Whoever is not named by an ARN of its own is somebody of an account, or of any. */
function comingAs(
  { trusted_kind, trusted }: Trusting,
  { members, organization }: Pick<Surroundings, 'members' | 'organization'>,
): Requester {
  const found = trusted_kind === 'principal' || trusted_kind === 'service' ? requesterOf(trusted) : null;
  const requester = found ?? someoneOf(trusted_kind === 'account' ? (/\d{12}/.exec(trusted)?.[0] ?? '') : '');
  const isMember = organization !== null && (members?.includes(requester.accountId) ?? false);
  const known = contextOf({
    ...(requester.accountId === '' ? {} : { 'aws:PrincipalAccount': requester.accountId }),
    ...(isMember ? { 'aws:PrincipalOrgID': organization.id } : {}),
  });
  return { ...requester, known };
}
