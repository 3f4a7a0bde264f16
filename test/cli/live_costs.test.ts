import { describe, expect, it } from 'vitest';
import { costLine, estimate } from '../../cli/live_costs.ts';
import type { AccountRow, Plan } from '../../collectors/source.ts';
import { accountRow } from '../collectors/folder.ts';

const account = (account_id: string, state: string): AccountRow => ({ ...accountRow(state), account_id });

const plan: Plan = {
  accounts: [account('1', 'ACTIVE'), account('2', 'ACTIVE'), account('3', 'SUSPENDED')],
  regions: ['eu-west-1'],
  organizationPolicies: [],
  members: null,
  coverage: [],
};

const leastOf = (text: string): number => Number(/at least (\d+) requests/.exec(text)?.[1]);

describe('A4 what a run would take', () => {
  const whole = estimate(plan, { accounts: [], regions: [] });

  it('counts accounts that can be read, and says that it is the least', () => {
    expect(whole).toMatch(/^2 of 3 accounts can be read, in 1 region: at least \d+ requests\. .*nobody counted yet/);
  });

  it('counts the accounts of the scope only', () => {
    const one = estimate(plan, { accounts: ['1'], regions: [] });

    expect(one).toMatch(/^1 of 1 account can be read/);
    expect(leastOf(one) * 2).toBe(leastOf(whole));
  });

  it('grows with the regions, and not with lists that are asked for what another list found', () => {
    const two = estimate({ ...plan, regions: ['eu-west-1', 'eu-west-2'] }, { accounts: [], regions: [] });
    const lists = ['functions', 'event sources', 'capacity providers', 'code signing', 'images', 'MicroVMs', 'tags'];

    expect(leastOf(two) - leastOf(whole)).toBe(2 * lists.length);
  });
});

describe('A4 what a run took', () => {
  it('is said by service, with retries, bytes and seconds', () => {
    const attempts = new Map([
      ['iam', 2],
      ['lambda', 40],
    ]);

    expect(costLine({ attempts, retries: 3, bytes: 1_260_000 }, 7)).toBe(
      'requests to AWS: iam 2, lambda 40; 3 of them retries; 1.3 MB received; 7 s',
    );
  });
});
