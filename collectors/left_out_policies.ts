import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { Found, Gap } from './found.ts';
import type { Session } from './listing.ts';
import { asNotReadable } from './live/errors.ts';
import { NotReadable } from './source.ts';

/** What was listed so far: which policies somebody has, and which of them are known. */
export interface ListedPolicies {
  readonly attached: Set<string>;
  readonly known: Set<string>;
}

/** Adds what one page of authorization details tells. */
export function addListed({ attached, known }: ListedPolicies, page: Found): void {
  const { roles = [], users = [], groups = [], policies = [] } = page;
  for (const { managed } of [...roles, ...users, ...groups]) for (const arn of managed) attached.add(arn);
  for (const { row } of [...roles, ...users]) if (row.boundary_arn !== null) attached.add(row.boundary_arn);
  for (const { policy_id } of policies) known.add(policy_id);
}

/** A policy with its default version, as the listing would have given it. */
async function policyWith(client: IAMClient, PolicyArn: string): Promise<object> {
  const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return { ...Policy, PolicyVersionList: [{ ...PolicyVersion, IsDefaultVersion: true }] };
}

const isOfAws = (arn: string): boolean => arn.split(':')[4] === 'aws';

/**
 * Policies that are attached and that the listing left out, each asked for once; AWS's own once for all accounts.
 * One that cannot be read is a gap: what it allows is unknown, and all else is known.
 */
export async function* leftOutPolicies(
  session: Session,
  client: IAMClient,
  { attached, known }: ListedPolicies,
): AsyncIterable<{ readonly policy: object } | { readonly gap: Gap }> {
  for (const arn of [...attached].filter((one) => !known.has(one)).sort()) {
    const ask = () => policyWith(client, arn);
    try {
      yield { policy: await (isOfAws(arn) ? session.once(arn, ask) : ask()) };
    } catch (error) {
      const { status, message, code } = asNotReadable(error, 'iam:GetPolicy');
      yield { gap: { resource: 'policies', reason: new NotReadable(status, `${arn} was not read: ${message}`, code) } };
    }
  }
}
