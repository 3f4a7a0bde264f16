import { awsManagedPolicies } from '../organization/aws_managed_policies.ts';
import type { Account, Group, ManagedPolicy, Role, User } from '../organization/model.ts';
import { dayBefore, printed } from './moments.ts';

/** What `aws iam get-account-authorization-details` prints. */
export const authorizationDetails = (account: Account, date: string) => ({
  UserDetailList: account.users.map(user),
  GroupDetailList: account.groups.map(group),
  RoleDetailList: account.roles.map((each) => role(each, date)),
  Policies: [...account.policies, ...attachedAwsPolicies(account)].map((each) => policy(each, account)),
});

/** Of the policies that AWS maintains only those in use are listed. */
function attachedAwsPolicies(account: Account): readonly ManagedPolicy[] {
  const used = new Set(identities(account).flatMap((each) => each.attached));
  return awsManagedPolicies.filter((each) => used.has(each.arn));
}

const identities = (account: Account) => [...account.roles, ...account.users, ...account.groups];

const inline = (of: Role | User | Group) =>
  Object.entries(of.inline).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument }));

const attached = (of: Role | User | Group) =>
  of.attached.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }));

const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const boundary = (arn: string | null) =>
  arn && { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };

function role(of: Role, date: string) {
  const lastUsed = of.lastUsed === 'weekly' ? dayBefore(date) : of.lastUsed && printed(of.lastUsed);
  return {
    Path: of.path,
    RoleName: of.name,
    RoleId: of.id,
    Arn: of.arn,
    CreateDate: printed(of.createdAt),
    AssumeRolePolicyDocument: of.trust,
    InstanceProfileList: [],
    RolePolicyList: inline(of),
    AttachedManagedPolicies: attached(of),
    ...boundary(of.boundary),
    Tags: tagList(of.tags),
    RoleLastUsed: lastUsed ? { LastUsedDate: lastUsed, Region: 'eu-west-1' } : {},
  };
}

const user = (of: User) => ({
  Path: of.path,
  UserName: of.name,
  UserId: of.id,
  Arn: of.arn,
  CreateDate: printed(of.createdAt),
  UserPolicyList: inline(of),
  GroupList: of.groups,
  AttachedManagedPolicies: attached(of),
  ...boundary(of.boundary),
  Tags: tagList(of.tags),
});

const group = (of: Group) => ({
  Path: of.path,
  GroupName: of.name,
  GroupId: of.id,
  Arn: of.arn,
  CreateDate: printed(of.createdAt),
  GroupPolicyList: inline(of),
  AttachedManagedPolicies: attached(of),
});

function policy(of: ManagedPolicy, account: Account) {
  const last = of.defaultVersion ?? of.versions.length;
  return {
    PolicyName: of.name,
    PolicyId: of.id,
    Arn: of.arn,
    Path: of.path,
    DefaultVersionId: `v${last}`,
    AttachmentCount: identities(account).filter((each) => each.attached.includes(of.arn)).length,
    PermissionsBoundaryUsageCount: [...account.roles, ...account.users].filter((each) => each.boundary === of.arn)
      .length,
    IsAttachable: true,
    CreateDate: printed(of.versions[0]!.createdAt),
    UpdateDate: printed(of.versions.at(-1)!.createdAt),
    PolicyVersionList: of.versions
      .map((version, i) => ({
        Document: version.document,
        VersionId: `v${i + 1}`,
        IsDefaultVersion: i + 1 === last,
        CreateDate: printed(version.createdAt),
      }))
      .reverse(),
  };
}
