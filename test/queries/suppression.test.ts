import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { type Suppression, suppressedBy } from '../../queries/suppression.ts';

const why = { reason: 'Break-glass role', owner: 'platform', expires: '2026-03-31' };
const one: Suppression = { finding_id: 'a'.repeat(64), ...why };
const all = (resource_arn: string, rule_id = 'dormant_role'): Suppression => ({ rule_id, resource_arn, ...why });

/** Whether SQL finds that a finding on the resource is suppressed. */
async function holds(suppressions: readonly Suppression[], resource: string, date = '2026-03-31'): Promise<unknown> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const condition = suppressedBy(suppressions, ['dormant_role', 'unowned_role'], date);
  const finding = `select '${'a'.repeat(64)}' as finding_id, 'dormant_role' as rule_id, '${resource}' as resource_arn`;
  return (await connection.runAndReadAll(`select ${condition} from (${finding}) as found`)).getRows()[0]![0];
}

describe('C5 a suppression', () => {
  test.each([
    ['of one finding', [one], 'role/a', true],
    ['of another finding', [{ ...one, finding_id: 'b'.repeat(64) }], 'role/a', false],
    ['of a resource', [all('role/a')], 'role/a', true],
    ['of another rule', [all('role/a', 'admin_role')], 'role/a', false],
    ['of another rule that is asked for too', [all('role/a', 'unowned_role')], 'role/a', false],
    ['of all below a path', [all('role/glass/*')], 'role/glass/x', true],
    ['of one more character', [all('role/?')], 'role/ab', false],
    ['whose signs mean nothing to a person: _', [all('role/a_b')], 'role/axb', false],
    ['whose signs mean nothing to a person: %', [all('role/%')], 'role/a', false],
    ['with a backslash', [all(String.raw`role\a`)], String.raw`role\a`, true],
    ['with a quote', [all("role'a")], "role''a", true],
    ['among others', [all('role/x'), all('role/a')], 'role/a', true],
    ['that nobody made', [], 'role/a', false],
  ])('%s', async (_, suppressions, resource, expected) => {
    expect(await holds(suppressions, resource)).toBe(expected);
  });

  test('holds up to its last date', async () => {
    expect(await holds([one], 'role/a', '2026-03-31')).toBe(true);
    expect(await holds([one], 'role/a', '2026-04-01')).toBe(false);
  });
});
