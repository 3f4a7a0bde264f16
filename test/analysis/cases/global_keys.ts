import { ACCOUNT, OTHER_ACCOUNT } from '../given_account.ts';
import { ALL, DENY, type EvaluationCases, type Given, READ, when } from './evaluation.ts';

const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:orders`;
const ours = { 'aws:principalorgid': 'o-ours', 'aws:principalorgpaths': 'o-ours/r-1/ou-1/' };

/** Everything but some services is denied outside one region, as landing zones do. */
const onlyIn = (region: string, asked: Given, spared: readonly string[] = ['sts:*']): Given => ({
  identity: [ALL],
  scps: [
    [
      ALL,
      when(
        { StringNotEquals: { 'aws:RequestedRegion': region } },
        { Effect: 'Deny', NotAction: spared, Resource: '*' },
      ),
    ],
  ],
  ...asked,
});
const invoke: Given = { does: 'lambda:InvokeFunction', on: FUNCTION };

/** Keys that follow from who asks, and for what. */
export const globalKeys: EvaluationCases = {
  'AWS global condition context keys: aws:RequestedRegion': [
    ['a function in the region', onlyIn('eu-west-1', invoke), 'allowed'],
    ['a function elsewhere', onlyIn('us-west-2', invoke), 'denied', []],
    [
      'what the request says comes first',
      onlyIn('us-west-2', { ...invoke, knowing: { 'aws:RequestedRegion': 'us-west-2' } }),
      'allowed',
    ],
    ['IAM is called in us-east-1', onlyIn('us-east-1', { does: 'iam:CreateUser', on: '*' }), 'allowed'],
    ['IAM is never called elsewhere', onlyIn('eu-west-1', { does: 'iam:CreateUser', on: '*' }), 'denied', []],
    ['IAM is spared', onlyIn('eu-west-1', { does: 'iam:CreateUser', on: '*' }, ['iam:*']), 'allowed'],
    ['Organizations too', onlyIn('eu-west-1', { does: 'organizations:LeaveOrganization', on: '*' }), 'denied', []],
    ['a bucket may be anywhere', onlyIn('eu-west-1', { does: 's3:GetObject' }), 'conditional'],
    [
      'a role is passed where a service is called',
      onlyIn('eu-west-1', { does: 'iam:PassRole', on: `arn:aws:iam::${ACCOUNT}:role/app` }),
      'conditional',
    ],
    [
      'an Allow in the region only',
      { ...invoke, identity: [when({ StringEquals: { 'aws:RequestedRegion': 'eu-*' } }, ALL)] },
      'denied',
      ['identity'],
    ],
    [
      '… or in all like it',
      { ...invoke, identity: [when({ StringLike: { 'aws:RequestedRegion': 'eu-*' } }, ALL)] },
      'allowed',
    ],
  ],
  'AWS global condition context keys: aws:PrincipalOrgID': [
    [
      'ours',
      {
        known: ours,
        identity: [READ],
        rcps: [[ALL, when({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } }, DENY)]],
      },
      'allowed',
    ],
    [
      'another one',
      {
        known: ours,
        identity: [READ],
        rcps: [[ALL, when({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-else' } }, DENY)]],
      },
      'denied',
      [],
    ],
    [
      'as a variable',
      {
        known: ours,
        on: 'arn:aws:s3:::o-ours/a',
        identity: [{ ...READ, Resource: 'arn:aws:s3:::${aws:PrincipalOrgID}/*' }],
      },
      'allowed',
    ],
    ['nobody knows', { identity: [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } })] }, 'conditional'],
  ],
  'AWS global condition context keys: aws:PrincipalOrgPaths': [
    [
      'at the unit or below',
      { known: ours, identity: [when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours/r-1/ou-1/*' } })] },
      'allowed',
    ],
    [
      'below the unit only',
      {
        known: ours,
        identity: [when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours/r-1/ou-1/ou-*' } })],
      },
      'denied',
    ],
    [
      'at another unit',
      { known: ours, identity: [when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours/r-1/ou-2/*' } })] },
      'denied',
    ],
  ],
  'AWS global condition context keys: aws:ResourceOrgID': [
    [
      'a resource of the account itself',
      {
        known: ours,
        identity: [READ],
        scps: [[ALL, when({ StringNotEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } }, DENY)]],
      },
      'allowed',
    ],
    [
      'a resource of an account that nobody knows',
      {
        known: ours,
        of: OTHER_ACCOUNT,
        identity: [READ],
        resource: 'unread',
        scps: [[ALL, when({ StringNotEquals: { 'aws:ResourceOrgID': 'o-ours' } }, DENY)]],
      },
      'conditional',
    ],
    [
      'at the place of the account',
      { known: ours, identity: [when({ 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': 'o-ours/r-1/*' } })] },
      'allowed',
    ],
  ],
  'AWS global condition context keys: aws:PrincipalTag/tag-key': [
    [
      'a tag of the role',
      {
        known: { 'aws:principaltag/team': 'blue', 'aws:principaltag/*': null },
        identity: [when({ StringEquals: { 'aws:PrincipalTag/Team': 'blue' } })],
      },
      'allowed',
    ],
    [
      'a tag that it does not have',
      {
        known: { 'aws:principaltag/*': null },
        identity: [when({ StringEquals: { 'aws:PrincipalTag/team': 'blue' } })],
      },
      'denied',
    ],
    [
      'a Deny for want of a tag',
      {
        known: { 'aws:principaltag/*': null },
        identity: [READ, when({ Null: { 'aws:PrincipalTag/team': 'true' } }, DENY)],
      },
      'denied',
      [],
    ],
    [
      'a tag in the name of what is read',
      {
        known: { 'aws:principaltag/team': 'blue', 'aws:principaltag/*': null },
        on: 'arn:aws:s3:::blue-files/a',
        identity: [{ ...READ, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}-files/*' }],
      },
      'allowed',
    ],
  ],
};
