import { describe, expect, test } from 'vitest';
import { renderSummary } from '../../report/summary.ts';
import { finding, gap, metric, reportData, result, snapshot } from './answers.ts';

const data = reportData({
  snapshots: result(snapshot('2026-01-12', 11), snapshot('2026-01-05')),
  trends: result(
    metric('2026-01-05', 'functions_with_own_role_pct', 60),
    metric('2026-01-12', 'functions_with_own_role_pct', 62.5),
    metric('2026-01-05', 'roles_with_wildcards', 1200),
    metric('2026-01-12', 'roles_with_wildcards', 1234),
    metric('2026-01-05', 'open_findings', 4),
    metric('2026-01-12', 'open_findings', 4),
    metric('2026-01-05', 'risky_workload_paths', null),
    metric('2026-01-12', 'risky_workload_paths', 0),
  ),
  coverage_gaps: result(gap()),
  open_findings: result(
    finding({ score: 10, title: 'Later' }),
    finding({ score: 80, team: null }),
    finding({ score: 20 }),
  ),
});

describe('the report in a terminal (D6)', () => {
  test('is nine lines: trust, five numbers with their change, three things to fix first', () => {
    expect(renderSummary(data).split('\n')).toEqual([
      'Snapshot of 12 Jan 2026, compared with 5 Jan 2026; 11 of 12 accounts read in full. NOT READ: analytics (222222222222) functions in eu-west-1 (denied)',
      '  62.5%  functions with a role of their own (up 2.5 points since 5 Jan, better)',
      '  1,234  roles with wildcards (up 34 since 5 Jan, worse)',
      '      ?  admin roles used by functions (could not be known)',
      '      4  open findings (as on 5 Jan)',
      '      0  paths to sensitive authority (not known on 5 Jan)',
      'Fix 1. A function runs as an administrator: shared-admin (critical, account 111111111111, unowned)',
      'Fix 2. A function runs as an administrator: shared-admin (critical, account 111111111111, billing)',
      'Fix 3. Later: shared-admin (critical, account 111111111111, billing)',
    ]);
  });

  test('has colour only when told', () => {
    expect(renderSummary(data)).not.toContain('\u001b');
    expect(renderSummary(data, true)).toContain('\u001b[31mup 34 since 5 Jan, worse\u001b[39m');
  });

  test('says so when it is the first snapshot and when nothing is open', () => {
    const first = reportData({ snapshots: result(snapshot('2026-01-05')) });
    const lines = renderSummary(first).split('\n');
    expect(lines[0]).toBe('Snapshot of 5 Jan 2026, the first; 12 of 12 accounts read in full');
    expect(lines.at(-1)).toBe('Nothing to fix first: no open findings.');
  });

  test('cannot be steered by text from AWS', () => {
    const hostile = reportData({
      open_findings: result(finding({ title: '\u001b[2J', team: 'a\nb' })),
      coverage_gaps: result(gap({ account_name: '\u009b31m' })),
    });
    expect(renderSummary(hostile).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(renderSummary(hostile).split('\n')).toHaveLength(7);
  });
});
