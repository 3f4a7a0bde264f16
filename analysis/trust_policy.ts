import { namesAction } from './applies.ts';
import type { PolicyDocument, Principal, Statement } from './policy.ts';

const LAMBDA = 'lambda.amazonaws.com';
const ASSUME_ROLE = 'sts:AssumeRole';

/**
 * Whether a trust policy lets Lambda assume the role; null when that cannot be told because a statement
 * cannot be understood. Conditions (such as aws:SourceAccount) narrow the trust but do not take it away.
 * Pages: Lambda execution role; IAM JSON policy elements: Principal.
 */
export function trustsLambda(trust: PolicyDocument): boolean | null {
  const about = trust.statements.filter((one) => namesLambda(one) && namesAction(one, ASSUME_ROLE));
  if (about.some((one) => one.effect === 'Deny' && one.conditions.length === 0)) return false;
  if (trust.statements.some(({ effect }) => effect === 'unknown')) return null;
  return about.some(({ effect }) => effect === 'Allow');
}

function namesLambda({ principals, notPrincipals }: Statement): boolean {
  if (notPrincipals !== null) return !notPrincipals.some(isLambda);
  return principals?.some(isLambda) ?? false;
}

/** `*` names everybody, services too; `{"Service": "*"}` every service. */
function isLambda({ kind, value }: Principal): boolean {
  if (value === '*') return kind === 'aws' || kind === 'service';
  return kind === 'service' && value.toLowerCase() === LAMBDA;
}
