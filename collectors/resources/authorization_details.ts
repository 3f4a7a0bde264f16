import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { pick } from '../answer.ts';
import { groupDetail, groupOf, policyDetail, policyOf, roleDetail, roleOf, userDetail, userOf } from '../iam_detail.ts';
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
  actions: ['iam:GetAccountAuthorizationDetails'],
  required: true,
  exported: { file: 'authorization-details.json' },
  async *live(session, place) {
    const client = session.client(IAMClient, place.region);
    for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, {})) {
      yield this.parse({ ...none, ...withoutUndefined(page) }, originOf(place, 'iam:GetAccountAuthorizationDetails'));
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
