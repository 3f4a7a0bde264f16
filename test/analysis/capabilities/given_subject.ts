import type { Inventory, Subject } from '../../../analysis/capabilities/inventory.ts';
import { parseDocument } from '../../../analysis/document.ts';
import { requesterOf } from '../../../analysis/requester.ts';
import { ACCOUNT, document, FUNCTION_ARN, REGION } from '../given_account.ts';
import { type GivenPolicies, policiesOf } from '../given_policies.ts';

export const arn = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
export const ROLE = arn('role', 'app');
export const USER = arn('user', 'ann');
export const OWN_POLICY = arn('policy', 'own');

const trust = (principal: unknown) =>
  parseDocument(
    JSON.stringify(document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' })),
    'resource',
  );

/** Services that the capabilities pass roles to. */
const SERVICES = [
  'lambda',
  'tasks.apprunner',
  'bedrock-agentcore',
  'cloudformation',
  'codebuild',
  'datapipeline',
  'ec2',
  'ecs-tasks',
  'glue',
  'sagemaker',
].map((name) => `${name}.amazonaws.com`);

/** An account that has one of everything that a step may act on. */
export const INVENTORY: Inventory = {
  accountId: ACCOUNT,
  regions: [REGION],
  workloadRegions: [REGION],
  roles: [
    { arn: ROLE, isServiceLinked: false, trust: trust({ Service: 'lambda.amazonaws.com' }) },
    { arn: arn('role', 'worker'), isServiceLinked: false, trust: trust({ Service: SERVICES }) },
    { arn: arn('role', 'operator'), isServiceLinked: false, trust: trust({ AWS: ACCOUNT }) },
  ],
  users: [USER, arn('user', 'bob')],
  groups: [arn('group', 'team'), arn('group', 'admins')],
  functions: [FUNCTION_ARN],
};

/** A role, or the user who is in a group and has a policy of the account. */
export function subject(given: GivenPolicies, who = USER): Subject {
  return {
    requester: requesterOf(who)!,
    policies: policiesOf(given),
    groups: who === USER ? [arn('group', 'team')] : [],
    ownPolicies: [OWN_POLICY],
  };
}
