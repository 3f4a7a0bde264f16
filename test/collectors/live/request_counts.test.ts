import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollectedAccount } from '../../../analysis/collected.ts';
import { collectThrough, type LoopbackAws, loopbackAws } from './loopback_aws.ts';
import { oneAccount, oneAccountAnswers } from './one_account.ts';

let aws: LoopbackAws;
let coverage: CollectedAccount['coverage'];

beforeAll(async () => {
  aws = await loopbackAws(oneAccountAnswers);
  ({ coverage } = await collectThrough(aws));
});

afterAll(() => aws.stop());

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
/** Pages of a list with one item a page; nothing takes a page too. */
const pagesOf = (items: readonly unknown[]): number => Math.max(1, items.length);
const pagesOfEach = (lists: Readonly<Record<string, readonly unknown[]>>): number =>
  sum(Object.values(lists).map(pagesOf));

describe('A1 A6 requests for one account, counted by the server', () => {
  it('are the pages of the lists, one per function for what has no list, and one per policy that was left out', () => {
    const published = 1;
    const functions = oneAccount.functions.length - published;
    const aliases = sum(Object.values(oneAccount.aliases).map((names) => names.length));
    expect(Object.fromEntries([...aws.came].sort())).toEqual({
      'account:ListRegions': pagesOf(oneAccount.regions),
      'iam:GetAccountAuthorizationDetails': pagesOf(oneAccount.roles),
      'iam:GetPolicy': 1,
      'iam:GetPolicyVersion': 1,
      'lambda:GetMicrovm': oneAccount.microvms.filter(({ state }) => state !== 'TERMINATED').length,
      'lambda:GetMicrovmImageVersion': oneAccount.images.filter((one) => 'latestActiveImageVersion' in one).length,
      'lambda:GetPolicy': functions + published + aliases,
      'lambda:ListAliases': pagesOfEach(oneAccount.aliases),
      'lambda:ListCapacityProviders': pagesOf(oneAccount.capacityProviders),
      'lambda:ListCodeSigningConfigs': pagesOf(Object.keys(oneAccount.codeSigning)),
      'lambda:ListEventSourceMappings': pagesOf(oneAccount.eventSources),
      'lambda:ListFunctionUrlConfigs': pagesOfEach(oneAccount.urls),
      'lambda:ListFunctions': pagesOf(oneAccount.functions),
      'lambda:ListFunctionsByCodeSigningConfig': pagesOfEach(oneAccount.codeSigning),
      'lambda:ListMicrovmImages': pagesOf(oneAccount.images),
      'lambda:ListMicrovms': pagesOf(oneAccount.microvms),
      'sts:AssumeRole': 1,
      'sts:GetCallerIdentity': 1,
      'tag:GetResources': pagesOf(oneAccount.tagged),
    });
  });

  it('are those that coverage tells, save for who the caller is', () => {
    const told = sum(coverage.map(({ api_calls }) => api_calls));
    expect(told).toBe(sum([...aws.came.values()]) - (aws.came.get('sts:GetCallerIdentity') ?? 0));
  });
});
