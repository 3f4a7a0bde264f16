import { describe, expect, test } from 'vitest';
import type { ResultRow } from '../../queries/engine.ts';
import { documentDifference } from '../../report/document_difference.ts';
import { toldChange } from '../../report/drift_sentence.ts';
import { change } from './answers.ts';

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const api = 'arn:aws:lambda:eu-west-1:111111111111:function:billing-api';
const admins = new Set([role('shared-admin')]);

const told = (kind: string, values: ResultRow) => toldChange(change(kind, values), { admins, previous: '2026-01-05' });
const words = (markup: string) => markup.replace(/<[^>]*>/g, '');

describe('a change as a sentence (C4, D6)', () => {
  test.each<readonly [string, ResultRow, string]>([
    [
      'function_role_changed',
      { subject: api, before: role('billing-api-role'), after: role('shared-admin') },
      'billing-api now runs as shared-admin, which may do anything; before: billing-api-role.',
    ],
    [
      'function_role_changed',
      { subject: api, before: role('shared-admin'), after: role('billing-api-role') },
      'billing-api now runs as billing-api-role; before: shared-admin.',
    ],
    ['function_role_changed', { subject: api, after: role('a') }, 'billing-api now runs as a; before: no role.'],
    [
      'function_exposure_changed',
      { subject: api, before: 'private', after: 'public' },
      'billing-api is now public; before: private.',
    ],
    ['function_added', { subject: api, after: role('a') }, 'Function billing-api is new and runs as a.'],
    ['function_removed', { subject: api, before: role('a') }, 'Function billing-api is gone.'],
    ['boundary_changed', { before: role('edge') }, 'worker lost its permissions boundary edge.'],
    ['boundary_changed', { after: role('edge') }, 'worker was given the permissions boundary edge.'],
    [
      'boundary_changed',
      { before: role('a'), after: role('b') },
      'The permissions boundary of worker is now b; before: a.',
    ],
    [
      'policy_attached',
      { after: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
      'worker was given the policy AmazonS3FullAccess.',
    ],
    ['policy_detached', { before: `${role('worker')}#notes` }, 'worker lost the policy worker # notes.'],
    ['policy_changed', { subject: `${role('worker')}#notes` }, 'The policy worker # notes was rewritten.'],
    ['trust_changed', {}, 'Who may assume worker changed.'],
    ['role_added', {}, 'Role worker is new.'],
    ['role_removed', {}, 'Role worker is gone.'],
    ['role_recreated', {}, 'Role worker was deleted and made again under the same name.'],
    [
      'account_moved',
      { subject: '111111111111', before: 'Root/Test', after: 'Root/Live' },
      'Account 111111111111 moved to Root/Live; before: Root/Test.',
    ],
    [
      'organization_policy_changed',
      { subject: 'p-1', before: '{}' },
      'The organization policy p-1 no longer reaches the account.',
    ],
    [
      'organization_policy_changed',
      { subject: 'p-1', after: '{}' },
      'The organization policy p-1 now reaches the account.',
    ],
    ['a_kind_of_later', { before: 'x' }, 'worker, now nothing; before: x.'],
  ])('%s %j is %s', (kind, values, sentence) => {
    expect(words(told(kind, values).sentence.markup)).toBe(sentence);
  });

  test('the direction is that of the answer; neither is nothing', () => {
    const directions = ['broader', 'narrower', 'neutral', null].map(
      (direction) => told('boundary_changed', { before: role('edge'), direction }).direction,
    );
    expect(directions).toEqual(['broader', 'narrower', '', '']);
  });

  test('broader comes before narrower before the rest', () => {
    const ranks = [
      told('boundary_changed', { before: role('edge'), direction: 'broader' }),
      told('function_exposure_changed', { after: 'private', direction: 'narrower' }),
      told('trust_changed', {}),
      told('role_removed', {}),
      told('a_kind_of_later', {}),
    ].map(({ rank }) => rank);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks).size).toBe(ranks.length);
  });

  test('a change across snapshots that did not read it says since when (A4)', () => {
    expect(words(told('role_removed', { from_snapshot: '2025-12-29' }).sentence.markup)).toBe(
      'Role worker is gone. Compared with 29 Dec 2025, when it was last read.',
    );
  });

  test('the whole ARN stands behind the short name', () => {
    expect(told('role_added', {}).sentence.markup).toContain(`title="${role('worker')}"`);
  });
});

describe('what differs between two policy documents (C4)', () => {
  test('is what only one of them says', () => {
    const before = '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    const after = '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}]}';
    expect(documentDifference(before, after)).toEqual({
      gone: ['Action: s3:*'],
      come: ['s3:GetObject', 's3:PutObject'],
    });
  });

  test('counts what is said twice twice', () => {
    expect(documentDifference('["a"]', '["a","a"]')).toEqual({ gone: [], come: ['a'] });
  });

  test('takes text that is not JSON as one line, and no text as nothing', () => {
    expect(documentDifference('', 'cut {off')).toEqual({ gone: [], come: ['cut {off'] });
  });
});
