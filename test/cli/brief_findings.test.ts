import { expect, it } from 'vitest';
import { briefFindings } from '../../cli/brief_findings.ts';
import { loadQuestions } from '../../queries/question.ts';
import { tableText } from '../../report/table_text.ts';

it('C5: on a terminal a finding is one line of what a person decides by', () => {
  const { columns } = loadQuestions().find(({ name }) => name === 'open_findings')!;
  const finding = {
    finding_id: 'f-0123456789abcdef',
    severity: 'critical',
    score: 63.5,
    factors: '{}',
    resource_arn: 'arn:aws:iam::111122223333:role/service-role/cart-api',
    team: 'payments',
    title: 'Execution role with admin privileges',
    age_days: 14,
  };

  const [heading, , row, ...others] = tableText(briefFindings({ columns, rows: [finding] }), 100).split('\n');

  expect(heading!.split(/ +/)).toEqual(['score', 'severity', 'title', 'resource_arn', 'team', 'age_days']);
  expect(row).toMatch(/^ 63\.5 {2}critical {2}Exec.*cart-api +payments +14$/);
  expect(others).toEqual(['']);
});
