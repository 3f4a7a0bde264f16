import { namesAction } from './applies.ts';
import type { CollectedFunctionUrl } from './collected.ts';
import { conditionsHold } from './conditions/conditions.ts';
import type { Context } from './conditions/context.ts';
import type { PolicyDocument, Principal, Statement } from './policy.ts';
import { OVER_API, overUrl } from './strangers.ts';

const INVOKE = 'lambda:InvokeFunction';
const INVOKE_URL = 'lambda:InvokeFunctionUrl';
/** URLs made from then on need both permissions. */
const BOTH_NEEDED_SINCE = Date.UTC(2025, 9, 1);

/** How everybody gets in. */
export interface PublicAccess {
  /** Positions of the statements that let them. */
  readonly statements: ReadonlySet<number>;
  readonly overUrl: boolean;
}

/**
 * Whether and how anybody at all may invoke a function (or its version or alias) by its policy, after conditions.
 * A condition that an outsider can meet at will does not count; a URL lets nobody in that the policy does not.
 * Pages: Lambda developer guide, Control access to Lambda function URLs; Using resource-based policies for Lambda.
 */
export function publicAccess(policy: PolicyDocument, urls: readonly CollectedFunctionUrl[]): PublicAccess {
  const byApi = OVER_API.flatMap((outsider) => granting(policy, [INVOKE], outsider));
  const byUrl = urls.flatMap((url) => granting(policy, neededBy(url), overUrl(url.auth_type)));
  return { statements: new Set([...byApi, ...byUrl]), overUrl: byUrl.length > 0 };
}

/** The creation time decides; one that is not known asks for the less, so that no open URL is missed. */
function neededBy({ created_at }: CollectedFunctionUrl): readonly string[] {
  const both = created_at !== null && created_at.getTime() >= BOTH_NEEDED_SINCE;
  return both ? [INVOKE_URL, INVOKE] : [INVOKE_URL];
}

/** Positions of the statements that let the outsider do all of the actions; none when one of them is not let. */
function granting(policy: PolicyDocument, actions: readonly string[], outsider: Context): readonly number[] {
  const found = actions.map((action) => {
    const about = policy.statements.filter((one) => namesEverybody(one) && namesAction(one, action));
    const denied = about.some((one) => one.effect === 'Deny' && holds(one, policy, outsider) === true);
    return denied ? [] : about.filter((one) => one.effect === 'Allow' && holds(one, policy, outsider) !== false);
  });
  return found.some((some) => some.length === 0) ? [] : found.flat().map(({ position }) => position);
}

function holds({ conditions }: Statement, { version }: PolicyDocument, outsider: Context) {
  return conditionsHold(conditions, version, outsider);
}

function namesEverybody({ principals, notPrincipals }: Statement): boolean {
  if (notPrincipals !== null) return !notPrincipals.some(isEverybody);
  return principals?.some(isEverybody) ?? false;
}

function isEverybody({ kind, value }: Principal): boolean {
  return kind === 'aws' && value === '*';
}
