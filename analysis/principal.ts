import type { Subject } from './capabilities/inventory.ts';
import type { CollectedAccount } from './collected.ts';
import { contextOf } from './conditions/context.ts';
import { parseDocument } from './document.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type Policies, unreadPolicy } from './policies.ts';
import { documentReader } from './read_policies.ts';
import { type Asked, accountIn, check } from './simulate.ts';
import { subjectsOf } from './subjects.ts';
import type { Surroundings } from './surroundings.ts';

/** A role or user of an account with all policies that have a say about it; undefined when it has none of this ARN. */
export function subjectOf(collected: CollectedAccount, surroundings: Surroundings, arn: string): Subject | undefined {
  const attachments = collected.policyAttachments.filter(({ principal_arn }) => principal_arn === arn);
  const own = {
    ...collected,
    roles: collected.roles.filter((role) => role.arn === arn),
    users: collected.users.filter((user) => user.arn === arn),
    policyAttachments: attachments,
  };
  const texts = new Map(collected.policies.filter(inForce).map((policy) => [policy.policy_id, policy.document]));
  const policy = (id: string) =>
    texts.has(id) ? { id, document: parseDocument(texts.get(id)!, 'identity') } : unreadPolicy(id);
  return subjectsOf(own, { policy, trust: documentReader('resource') }, surroundings)[0];
}

const inForce = ({ is_default }: { readonly is_default: boolean }): boolean => is_default;

/**
 * Whether a role or user may do something, as far as everything but the resource's own policy tells.
 * @param since requests are made from then on
 * @throws UsageError when action or resource is none
 */
export function mayDo(
  { requester, policies }: Subject,
  { covered }: Pick<Surroundings, 'covered'>,
  asked: Asked,
  since: Date,
): Evaluation {
  check(asked);
  const { action, resource } = asked;
  const scps = covered ? policies.scps : [...policies.scps, [unreadPolicy('policies of the organization, not read')]];
  const all: Policies = { ...policies, scps, resource: 'unread' };
  const request = { requester, action, resource, resourceAccount: accountIn(resource), since };
  return evaluate({ ...request, resourceInManagementAccount: false, context: contextOf(asked.context) }, all);
}
