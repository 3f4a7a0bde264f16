import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../analysis/document.ts';
import { statementRows } from '../../analysis/statements.ts';
import { ACCOUNT, document } from './given_account.ts';

const POLICY = { account_id: ACCOUNT, region: 'global', policy_id: 'arn:aws:iam::111122223333:policy/p' };
const rows = (...statements: readonly object[]) =>
  statementRows(POLICY, parseDocument(JSON.stringify(document(...statements)), 'identity').statements);

describe('B2: a row per statement with its wildcards', () => {
  test('a plain statement has none', () => {
    const condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    const given = {
      Sid: 'Read',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: ['arn:aws:s3:::b/*'],
      Condition: condition,
    };
    expect(rows(given)).toEqual([
      {
        ...POLICY,
        position: 0,
        sid: 'Read',
        effect: 'Allow',
        actions: ['s3:GetObject'],
        not_actions: null,
        resources: ['arn:aws:s3:::b/*'],
        not_resources: null,
        condition: JSON.stringify(condition),
        has_full_action: false,
        has_service_wildcard: false,
        has_partial_wildcard: false,
        has_full_resource: false,
        has_broad_resource: false,
        has_not_action: false,
        has_not_resource: false,
        grants_admin: false,
        problem: null,
        unknown_actions: [],
      },
    ]);
  });

  test('each kind of wildcard in a list is flagged', () => {
    const [row] = rows({
      Effect: 'Allow',
      Action: ['s3:*', 'sqs:Get*'],
      Resource: ['arn:aws:s3:::*', 'arn:aws:s3:::b'],
    });
    expect(row).toMatchObject({ has_service_wildcard: true, has_partial_wildcard: true, has_full_action: false });
    expect(row).toMatchObject({ has_broad_resource: true, has_full_resource: false, grants_admin: false });
  });

  test('NotAction and NotResource are flags of their own', () => {
    const [row] = rows({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret/*' });
    expect(row).toMatchObject({ has_not_action: true, has_not_resource: true, actions: null, not_actions: ['iam:*'] });
    expect(row).toMatchObject({ resources: null, not_resources: ['arn:aws:s3:::secret/*'], grants_admin: false });
  });

  test('an unknown statement has a row too', () => {
    const [, row] = rows({ Effect: 'Deny', Action: '*', Resource: '*' }, { Effect: 'Allow' });
    expect(row).toMatchObject({ position: 1, effect: 'unknown', actions: null, grants_admin: false });
    expect(row?.problem).toMatch(/neither Action nor NotAction/);
  });
});

describe('B1: which statements grant admin', () => {
  const cases: readonly (readonly [string, object, boolean])[] = [
    ['`*` on `*`', { Effect: 'Allow', Action: '*', Resource: '*' }, true],
    ['`*:*` in a list', { Effect: 'Allow', Action: ['s3:*', '*:*'], Resource: ['*'] }, true],
    [
      'with a Condition',
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      true,
    ],
    ['a Deny', { Effect: 'Deny', Action: '*', Resource: '*' }, false],
    ['one service', { Effect: 'Allow', Action: 'iam:*', Resource: '*' }, false],
    ['a broad resource', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:*' }, false],
    ['NotAction', { Effect: 'Allow', NotAction: 'x:y', Resource: '*' }, false],
  ];
  test.each(cases)('%s', (_name, given, expected) => expect(rows(given)[0]?.grants_admin).toBe(expected));
});
