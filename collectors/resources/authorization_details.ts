import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { pick } from '../answer.ts';
import { groupDetail, groupOf, policyDetail, policyOf, roleDetail, roleOf, userDetail, userOf } from '../iam_detail.ts';
import { addListed, type ListedPolicies, leftOutPolicies } from '../left_out_policies.ts';
import { type Listing, originOf } from '../listing.ts';

const answer = z.object({
  RoleDetailList: z.array(roleDetail),
  UserDetailList: z.array(userDetail),
  GroupDetailList: z.array(groupDetail),
  Policies: z.array(policyDetail),
});

/** A page that holds only one kind may leave the other lists out. */
const none = { RoleDetailList: [], UserDetailList: [], GroupDetailList: [], Policies: [] };

const withoutUndefined = (page: object) =>
  Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined));

/** Roles, users, groups and their policies: one listing of IAM tells them all. */
export const authorizationDetails: Listing = {
  resources: ['roles', 'users', 'groups', 'policies'],
  scope: 'account',
  actions: ['iam:GetAccountAuthorizationDetails', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  required: true,
  exported: { file: 'authorization-details.json' },
  async *live(session, place) {
    const client = session.client(IAMClient, place.region);
    const listed: ListedPolicies = { attached: new Set(), known: new Set() };
    const from = originOf(place, 'iam:GetAccountAuthorizationDetails');
    for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, {})) {
      const found = this.parse({ ...none, ...withoutUndefined(page) }, from);
      addListed(listed, found);
      yield found;
    }
    for await (const one of leftOutPolicies(session, client, listed)) {
      yield 'gap' in one ? one : this.parse({ ...none, Policies: [one.policy] }, originOf(place, 'iam:GetPolicy'));
    }
  },
  parse(given, from) {
    const details = pick(answer, given, from.where);
    return {
      roles: details.RoleDetailList.map((detail) => roleOf(detail, from)),
      users: details.UserDetailList.map((detail) => userOf(detail, from)),
      groups: details.GroupDetailList.map((detail) => groupOf(detail, from)),
      policies: details.Policies.flatMap((detail) => policyOf(detail, from)),
    };
  },
};
