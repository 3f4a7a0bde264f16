import { z } from 'zod';
import type { CollectedPolicy, CollectedRole, CollectedUser } from '../analysis/collected.ts';
import type { groups } from '../tables/groups.ts';
import type { RowOf } from '../tables/table.ts';
import { optionalDocument, optionalList, optionalText, optionalTime, tagList } from './answer.ts';
import type { Principal } from './found.ts';
import type { Origin } from './listing.ts';
import { teamOf } from './ownership.ts';
import { GLOBAL, NotReadable } from './source.ts';

// Members as GetAccountAuthorizationDetails names them (IAM API Reference: RoleDetail, UserDetail, GroupDetail, ManagedPolicyDetail).

const inlineList = optionalList(z.object({ PolicyName: z.string(), PolicyDocument: optionalDocument }));

const principal = {
  Arn: z.string(),
  Path: optionalText,
  CreateDate: optionalTime,
  AttachedManagedPolicies: optionalList(z.object({ PolicyArn: z.string() })),
};

const boundary = z
  .object({ PermissionsBoundaryArn: optionalText })
  .nullish()
  .transform((given) => given?.PermissionsBoundaryArn ?? null);

export const roleDetail = z.object({
  ...principal,
  RoleName: z.string(),
  RoleId: z.string(),
  AssumeRolePolicyDocument: optionalDocument,
  RolePolicyList: inlineList,
  PermissionsBoundary: boundary,
  Tags: tagList,
  RoleLastUsed: z
    .object({ LastUsedDate: optionalTime })
    .nullish()
    .transform((used) => used?.LastUsedDate ?? null),
});

export const userDetail = z.object({
  ...principal,
  UserName: z.string(),
  UserId: z.string(),
  UserPolicyList: inlineList,
  GroupList: optionalList(z.string()),
  PermissionsBoundary: boundary,
  Tags: tagList,
});

export const groupDetail = z.object({
  ...principal,
  GroupName: z.string(),
  GroupId: z.string(),
  GroupPolicyList: inlineList,
});

export const policyDetail = z.object({
  Arn: z.string(),
  PolicyName: optionalText,
  DefaultVersionId: optionalText,
  PolicyVersionList: optionalList(
    z.object({
      VersionId: z.string(),
      IsDefaultVersion: z.boolean().nullish(),
      CreateDate: optionalTime,
      Document: optionalDocument,
    }),
  ),
});

interface Detail {
  readonly Arn: string;
  readonly Path: string | null;
  readonly CreateDate: Date | null;
  readonly AttachedManagedPolicies: readonly { readonly PolicyArn: string }[];
}

type Inline = z.infer<typeof inlineList>;

const principalOf = <R>(detail: Detail, inline: Inline, from: Origin, row: R): Principal<R> => ({
  row,
  managed: detail.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
  inline: inline.map(({ PolicyName, PolicyDocument }) => ({
    account_id: from.accountId,
    region: GLOBAL,
    policy_id: `${detail.Arn}#${PolicyName}`,
    version_id: 'inline',
    is_default: true,
    kind: 'inline',
    is_aws_managed: false,
    name: PolicyName,
    document: PolicyDocument ?? '',
    updated_at: null,
  })),
});

const columns = (detail: Detail, from: Origin) => ({
  account_id: ownAccount(detail.Arn, from),
  region: GLOBAL,
  arn: detail.Arn,
  path: detail.Path ?? '/',
  created_at: detail.CreateDate,
});

/** A file in the wrong folder would show another account's principals as this one's. */
function ownAccount(arn: string, from: Origin): string {
  const owner = arn.split(':')[4] ?? '';
  if (owner === from.accountId) return owner;
  const message = `${from.where} holds principals of another account; expected account ${from.accountId}`;
  throw new NotReadable('error', message, 'OtherAccount');
}

export const roleOf = (detail: z.infer<typeof roleDetail>, from: Origin): Principal<CollectedRole> =>
  principalOf(detail, detail.RolePolicyList, from, {
    ...columns(detail, from),
    name: detail.RoleName,
    role_id: detail.RoleId,
    last_used_at: detail.RoleLastUsed,
    trust_policy: detail.AssumeRolePolicyDocument,
    boundary_arn: detail.PermissionsBoundary,
    tags: JSON.stringify(detail.Tags),
    owner_team: teamOf(detail.Tags),
    is_service_linked: detail.Path?.startsWith('/aws-service-role/') ?? false,
    sso_permission_set: permissionSetOf(detail.Path ?? '/', detail.RoleName),
  });

/** Identity Center names its roles itself (IAM Identity Center User Guide, "Referencing permission sets in resource policies"). */
function permissionSetOf(path: string, name: string): string | null {
  if (!path.startsWith('/aws-reserved/sso.amazonaws.com/')) return null;
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1] ?? null;
}

export const userOf = (detail: z.infer<typeof userDetail>, from: Origin): Principal<CollectedUser> =>
  principalOf(detail, detail.UserPolicyList, from, {
    ...columns(detail, from),
    name: detail.UserName,
    user_id: detail.UserId,
    last_used_at: null,
    boundary_arn: detail.PermissionsBoundary,
    tags: JSON.stringify(detail.Tags),
    owner_team: teamOf(detail.Tags),
    groups: detail.GroupList.toSorted(),
  });

export const groupOf = (detail: z.infer<typeof groupDetail>, from: Origin): Principal<RowOf<typeof groups>> =>
  principalOf(detail, detail.GroupPolicyList, from, {
    ...columns(detail, from),
    name: detail.GroupName,
    group_id: detail.GroupId,
  });

/** One row per version; an AWS-managed policy belongs to account `aws`, whoever uses it. */
export function policyOf(detail: z.infer<typeof policyDetail>, from: Origin): CollectedPolicy[] {
  const isAwsManaged = detail.Arn.split(':')[4] === 'aws';
  return detail.PolicyVersionList.map(({ VersionId, IsDefaultVersion, CreateDate, Document }) => ({
    account_id: isAwsManaged ? 'aws' : from.accountId,
    region: GLOBAL,
    policy_id: detail.Arn,
    version_id: VersionId,
    is_default: IsDefaultVersion ?? VersionId === detail.DefaultVersionId,
    kind: 'managed',
    is_aws_managed: isAwsManaged,
    name: detail.PolicyName ?? detail.Arn.split('/').at(-1) ?? '',
    document: Document ?? '',
    updated_at: CreateDate,
  }));
}
