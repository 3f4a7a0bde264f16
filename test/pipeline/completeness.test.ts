import { describe, expect, it } from 'vitest';
import type { AccountRow, CoverageRow, CoverageStatus } from '../../collectors/source.ts';
import { ContractError } from '../../errors.ts';
import { completeness, crashedCoverage } from '../../pipeline/completeness.ts';

const account: AccountRow = {
  account_id: '111122223333',
  name: null,
  state: null,
  ou_id: null,
  ou_path: null,
  is_management: null,
  team: null,
  tags: '{}',
  organization_id: null,
  organization_path: null,
};

const row = (resource: string, status: CoverageStatus, region = 'global'): CoverageRow => ({
  account_id: account.account_id,
  region,
  resource,
  status,
  error_code: null,
  message: null,
  rows: 0,
  api_calls: 0,
  duration_ms: null,
});

const iam = ['roles', 'users', 'groups', 'policies'];
const iamRead = iam.map((resource) => row(resource, 'ok'));

describe('A4: when an account is complete', () => {
  const cases: readonly (readonly [string, readonly CoverageRow[], { complete: boolean; anything: boolean }])[] = [
    ['all required was read', [...iamRead, row('functions', 'ok', 'eu-west-1')], { complete: true, anything: true }],
    [
      'a region is switched off',
      [...iamRead, row('functions', 'region_disabled', 'me-south-1')],
      { complete: true, anything: true },
    ],
    [
      'something optional is missing',
      [...iamRead, row('functions', 'ok', 'eu-west-1'), row('function_urls', 'not_provided', 'eu-west-1')],
      { complete: true, anything: true },
    ],
    [
      'one region was denied',
      [...iamRead, row('functions', 'ok', 'eu-west-1'), row('functions', 'denied', 'us-east-1')],
      { complete: false, anything: true },
    ],
    [
      'something required was not provided',
      [...iamRead, row('functions', 'not_provided')],
      { complete: false, anything: true },
    ],
    ['nobody asked for something required', iamRead, { complete: false, anything: true }],
    [
      'only something optional was read',
      [row('function_urls', 'ok', 'eu-west-1')],
      { complete: false, anything: false },
    ],
    ['nothing was asked', [], { complete: false, anything: false }],
    ['it is suspended', iam.map((resource) => row(resource, 'account_inactive')), { complete: false, anything: false }],
  ];
  it.each(cases)('%s', (_, coverage, expected) => {
    expect(completeness(account, coverage)).toEqual({ account_id: account.account_id, ...expected });
  });
});

describe('A4: an account whose collection broke off', () => {
  it('has an error for everything required of it, in every region', () => {
    const rows = crashedCoverage(account, ['eu-west-1', 'us-east-1']);
    expect(rows.map(({ resource, region }) => `${resource} ${region}`)).toEqual(
      expect.arrayContaining([
        ...iam.map((resource) => `${resource} global`),
        'functions eu-west-1',
        'functions us-east-1',
      ]),
    );
    expect(rows.every(({ status, error_code }) => status === 'error' && error_code === 'collector_crashed')).toBe(true);
    expect(completeness(account, rows)).toMatchObject({ complete: false, anything: false });
  });

  it('says what an error of ours says, and of any other error only its kind: it may quote what was read', () => {
    const ours = crashedCoverage(account, [], new ContractError('Table roles, column name, row 1: no'));
    expect(ours[0]?.message).toBe('Collecting this account broke off: Table roles, column name, row 1: no');
    const other = crashedCoverage(account, [], new SyntaxError('Unexpected token in "SECRET=hunter2"'));
    expect(other[0]?.message).toBe('Collecting this account broke off: SyntaxError');
  });
});
