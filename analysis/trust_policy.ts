import { namesAction } from './applies.ts';
import { conditionsHold } from './conditions/conditions.ts';
import { contextOf } from './conditions/context.ts';
import type { PolicyDocument, Principal, Statement } from './policy.ts';

const LAMBDA = 'lambda.amazonaws.com';
const ASSUME_ROLE = 'sts:AssumeRole';

/**
 * Whether a trust policy lets Lambda assume the role; null when that cannot be told because a statement
 * cannot be understood. Conditions (such as aws:SourceAccount) narrow the trust; those that no request of Lambda
 * meets, such as of an organization, take it away.
 * Pages: Lambda execution role; IAM JSON policy elements: Principal; AWS global condition context keys.
 */
export function trustsLambda({ statements, version }: PolicyDocument): boolean | null {
  const about = statements.filter((one) => namesLambda(one) && namesAction(one, ASSUME_ROLE));
  const holds = ({ conditions }: Statement) => conditionsHold(conditions, version, OF_LAMBDA);
  if (about.some((one) => one.effect === 'Deny' && holds(one) === true)) return false;
  if (statements.some(({ effect }) => effect === 'unknown')) return null;
  return about.some((one) => one.effect === 'Allow' && holds(one) !== false);
}

/** A service that acts for itself is in no account and no organization, and brings neither tags nor an external id. */
const OF_LAMBDA = contextOf({
  'aws:PrincipalAccount': null,
  'aws:PrincipalArn': null,
  'aws:PrincipalIsAWSService': 'true',
  'aws:PrincipalOrgID': null,
  'aws:PrincipalOrgPaths': null,
  'aws:PrincipalServiceName': LAMBDA,
  'aws:PrincipalTag/*': null,
  'aws:username': null,
  'sts:ExternalId': null,
});

function namesLambda({ principals, notPrincipals }: Statement): boolean {
  if (notPrincipals !== null) return !notPrincipals.some(isLambda);
  return principals?.some(isLambda) ?? false;
}

/** `*` names everybody, services too; `{"Service": "*"}` every service. */
function isLambda({ kind, value }: Principal): boolean {
  if (value === '*') return kind === 'aws' || kind === 'service';
  return kind === 'service' && value.toLowerCase() === LAMBDA;
}
