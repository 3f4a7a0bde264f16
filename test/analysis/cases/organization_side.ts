import { ACCOUNT } from '../given_account.ts';
import { ALL, DENY, type EvaluationCases, KEY, READ, ROOT, to, UNCLEAR, USER, when } from './evaluation.ts';

/** What the organization allows, written from AWS’s documentation. */
export const organizationSide: EvaluationCases = {
  'Service control policies: SCP evaluation': [
    ['an Allow at every level', { identity: [READ], scps: [[ALL], [ALL], [{ Action: 's3:*' }]] }, 'allowed'],
    ['no Allow at one level', { identity: [READ], scps: [[ALL], [{ Action: 'sqs:*' }], [ALL]] }, 'denied', ['scp']],
    [
      'a level that only denies something else',
      { identity: [READ], scps: [[ALL], [{ Effect: 'Deny', Action: 'sqs:*' }]] },
      'denied',
      ['scp'],
    ],
    [
      'two statements of one level add up',
      { identity: [READ], scps: [[{ Action: 'sqs:*' }, { Action: 's3:*' }]] },
      'allowed',
    ],
    ['no organization', { identity: [READ], scps: [] }, 'allowed'],
    ['an SCP gives nothing', { scps: [[ALL]] }, 'denied', ['identity']],
    ['a Deny at the root', { identity: [READ], scps: [[ALL, DENY], [ALL]] }, 'denied', []],
    [
      'a Deny with a NotAction',
      { identity: [READ], scps: [[ALL, { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'] }]] },
      'denied',
      [],
    ],
    [
      'a Deny outside regions that nobody knows',
      { identity: [READ], scps: [[ALL, when({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, DENY)]] },
      'conditional',
    ],
    [
      'a Deny outside a known region',
      {
        knowing: { 'aws:RequestedRegion': 'eu-west-1' },
        identity: [READ],
        scps: [[ALL, when({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, DENY)]],
      },
      'allowed',
    ],
    [
      'a Deny that spares a role',
      {
        identity: [READ],
        scps: [[ALL, when({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, DENY)]],
      },
      'allowed',
    ],
    ['a policy that was not understood', { identity: [READ], scps: [[ALL], [UNCLEAR]] }, 'conditional'],
    ['SCPs bind root users', { as: 'root', scps: [[ALL, DENY]] }, 'denied', []],
    [
      'SCPs bind grants by resource policies too',
      { as: 'user', resource: [to({ AWS: USER })], scps: [[{ Action: 'sqs:*' }]] },
      'denied',
      ['scp'],
    ],
  ],
  'Service control policies: Tasks and entities not restricted by SCPs': [
    ['the management account', { managementAccount: true, identity: [READ], scps: [[DENY]] }, 'allowed'],
    ['a service-linked role', { serviceLinked: true, identity: [READ], scps: [[DENY]] }, 'allowed'],
    ['a service', { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })], scps: [[DENY]] }, 'allowed'],
  ],
  'Resource control policies': [
    ['an Allow at every level', { identity: [READ], rcps: [[ALL], [ALL]] }, 'allowed'],
    ['no Allow at one level', { identity: [READ], rcps: [[ALL], [{ Action: 'sqs:*' }]] }, 'denied', ['rcp']],
    [
      'a Deny outside the organization, requester of nobody knows which',
      { identity: [READ], rcps: [[ALL, when({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, DENY)]] },
      'conditional',
    ],
    [
      'a Deny outside the organization, requester inside',
      {
        knowing: { 'aws:PrincipalOrgID': 'o-1' },
        identity: [READ],
        rcps: [[ALL, when({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, DENY)]],
      },
      'allowed',
    ],
    [
      'a service that does not know RCPs',
      {
        does: 'sns:Publish',
        on: `arn:aws:sns:eu-west-1:${ACCOUNT}:t`,
        identity: [ALL],
        rcps: [[{ Effect: 'Deny', Action: '*' }]],
      },
      'allowed',
    ],
    [
      'resources of the management account',
      { resourceInManagementAccount: true, identity: [READ], rcps: [[DENY]] },
      'allowed',
    ],
    ['a service-linked role', { serviceLinked: true, identity: [READ], rcps: [[DENY]] }, 'allowed'],
    [
      'kms:RetireGrant',
      {
        does: 'kms:RetireGrant',
        on: KEY,
        identity: [ALL],
        resource: [to({ AWS: ROOT }, ALL)],
        rcps: [[{ Effect: 'Deny', Action: '*' }]],
      },
      'allowed',
    ],
    [
      'a service is bound by them',
      { as: 'service', resource: [to({ Service: 's3.amazonaws.com' })], rcps: [[ALL, DENY]] },
      'denied',
      [],
    ],
    ['root users are bound by them', { as: 'root', rcps: [[ALL, DENY]] }, 'denied', []],
  ],
};
