import type { policyAttachments } from '../tables/policy_attachments.ts';
import type { RowOf } from '../tables/table.ts';
import type { Everything, Principal } from './found.ts';
import { GLOBAL } from './source.ts';

type Attachment = RowOf<typeof policyAttachments>;

interface WithPolicies {
  readonly account_id: string;
  readonly arn: string;
  readonly boundary_arn?: string | null;
}

const attachment = (
  of: WithPolicies,
  policyId: string,
  kind: 'managed' | 'inline' | 'group' | 'boundary',
  groupArn: string | null = null,
): Attachment => ({
  account_id: of.account_id,
  region: GLOBAL,
  principal_arn: of.arn,
  policy_id: policyId,
  kind,
  group_arn: groupArn,
});

function ownAttachments({ row, managed, inline }: Principal<WithPolicies>): Attachment[] {
  const boundary = row.boundary_arn ?? null;
  return [
    ...managed.map((policyId) => attachment(row, policyId, 'managed')),
    ...inline.map((policy) => attachment(row, policy.policy_id, 'inline')),
    ...(boundary === null ? [] : [attachment(row, boundary, 'boundary')]),
  ];
}

/** What a user has through its groups (IAM User Guide, "IAM user groups"). */
function throughGroups(user: Everything['users'][number], groups: Everything['groups']): Attachment[] {
  const joined = groups.filter(({ row }) => user.row.groups.includes(row.name));
  return joined.flatMap(({ row: group, managed, inline }) =>
    [...managed, ...inline.map(({ policy_id }) => policy_id)].map((policyId) =>
      attachment(user.row, policyId, 'group', group.arn),
    ),
  );
}

/** Which principal has which policy, and how. */
export const attachmentsOf = ({ roles, users, groups }: Everything): Attachment[] => [
  ...roles.flatMap(ownAttachments),
  ...users.flatMap(ownAttachments),
  ...groups.flatMap(ownAttachments),
  ...users.flatMap((user) => throughGroups(user, groups)),
];
