import { describe, expect, it } from 'vitest';
import { UsageError } from '../../errors.ts';
import type { RunEvent } from '../../pipeline/events.ts';
import { checkSuppressions, suppressionsIn } from '../../pipeline/suppressions.ts';
import { edgesOf, newLake, rowsOf, sourceOf, take } from './snapshots.ts';

const why = { reason: 'Used once a year', owner: 'platform', expires: '2026-03-31' };
const of = (rule_id: string) => ({ rule_id, resource_arn: 'arn:aws:iam::*:role/break-glass-*', ...why });

async function lakeWith(content: unknown) {
  const lake = newLake();
  await lake.write('suppressions.json', typeof content === 'string' ? content : JSON.stringify(content));
  return lake;
}

describe('C5 suppressions.json in the lake', () => {
  it('lists what is let be, by finding or by rule and resource', async () => {
    const content = [{ finding_id: 'a'.repeat(64), ...why }, of('dormant_role')];
    expect(await suppressionsIn(await lakeWith(content))).toEqual(content);
  });

  it('need not be there', async () => {
    expect(await suppressionsIn(newLake())).toEqual([]);
  });

  it('is refused with every problem and its place', async () => {
    const content = [
      { ...of('dormant_role'), expires: 'never' },
      { ...of('dormant_role'), owner: ' ' },
      { finding_id: 'f-1', ...why },
      { finding_id: 'a'.repeat(64), ...of('dormant_role') },
      { rule_id: 'dormant_role', ...why },
      { ...of('dormant_role'), until: '2026-03-31' },
    ];
    const act = suppressionsIn(await lakeWith(content));
    await expect(act).rejects.toThrow(UsageError);
    const { message } = (await act.catch((error: unknown) => error)) as Error;
    expect(message).toMatch(/suppressions\.json is no list of suppressions/);
    expect([...message.matchAll(/at \[(\d)\]/g)].map(([, index]) => index).sort()).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    expect(message).toMatch(/needs either finding_id, or rule_id and resource_arn/);
  });

  it('that is no JSON is named', async () => {
    await expect(suppressionsIn(await lakeWith('[{'))).rejects.toThrow(/suppressions\.json is not JSON/);
  });

  it('tells before a run which of its entries do nothing', async () => {
    const events: RunEvent[] = [];
    const lake = await lakeWith([of('dormant_role'), of('dormant_rule')]);
    await checkSuppressions(lake, '2026-04-01', (event) => events.push(event));
    const [expired, , unknown] = events.map((event) => event.kind === 'warning' && event.message);
    expect(expired).toMatch(/^The suppression of dormant_role on arn:.* \(platform\) expired on 2026-03-31$/);
    expect(unknown).toMatch(/dormant_rule .* names a rule that is not there$/);
    expect(events).toHaveLength(3);
  });

  it('decides what the findings of a run are; a bad file stops the run before it reads anything', async () => {
    const source = sourceOf([{ id: '111122223333', roles: ['break-glass-1', 'idle'] }]);
    const lake = await lakeWith([of('lambda_trust_without_source_account')]);
    const edges = edgesOf(lake, source);
    await take(edges, '2026-01-05');
    const rows = await rowsOf(lake, await edges.catalog.published(), 'findings', '2026-01-05');
    const trusting = rows.filter(({ rule_id }) => rule_id === 'lambda_trust_without_source_account');
    expect(trusting.map(({ resource_arn, lifecycle }) => `${resource_arn} ${lifecycle}`)).toEqual([
      'arn:aws:iam::111122223333:role/break-glass-1 suppressed',
      'arn:aws:iam::111122223333:role/idle open',
    ]);

    await lake.write('suppressions.json', '[1]');
    const unread = { ...edges, source: { ...source, plan: () => Promise.reject(new Error('was read')) } };
    await expect(take(unread, '2026-01-12')).rejects.toThrow(/no list of suppressions/);
  });
});
