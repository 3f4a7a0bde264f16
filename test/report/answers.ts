import type { Result, ResultRow, ResultType, Value } from '../../queries/engine.ts';
import { type AnswerName, answerNames, type ReportData } from '../../report/data.ts';

function typeOf(value: Value | undefined): ResultType {
  if (value instanceof Date) return 'timestamp';
  if (Array.isArray(value)) return 'array(varchar)';
  if (typeof value === 'number') return 'double';
  return typeof value === 'boolean' ? 'boolean' : 'varchar';
}

/** An answer whose columns are those of its first row. */
export function result(...rows: readonly ResultRow[]): Result {
  const columns = Object.entries(rows[0] ?? {}).map(([name, value]) => ({ name, type: typeOf(value) }));
  return { columns, rows };
}

export const snapshot = (snapshot_date: string, accounts_complete = 12): ResultRow => ({
  snapshot_date,
  accounts_planned: 12,
  accounts_complete,
});

export const metric = (
  snapshot_date: string,
  name: string,
  value: number | null,
  scope = 'organization',
): ResultRow => ({
  snapshot_date,
  scope_kind: scope === 'organization' ? 'organization' : 'team',
  scope,
  metric: name,
  value,
});

export const finding = (values: ResultRow = {}): ResultRow => ({
  finding_id: 'a'.repeat(64),
  rule_id: 'admin_role_on_function',
  severity: 'critical',
  score: 90,
  factors: '{"blast_radius":0.4,"permission_severity":1}',
  resource_arn: 'arn:aws:iam::111111111111:role/shared-admin',
  account_id: '111111111111',
  region: 'global',
  team: 'billing',
  title: 'A function runs as an administrator',
  reason: 'Allowed by arn:aws:iam::aws:policy/AdministratorAccess.',
  first_seen: '2026-01-05',
  age_days: 7,
  carried: false,
  ...values,
});

export const change = (kind: string, values: ResultRow = {}): ResultRow => ({
  from_snapshot: '2026-01-05',
  kind,
  subject: 'arn:aws:iam::111111111111:role/worker',
  account_id: '111111111111',
  region: 'global',
  before: null,
  after: null,
  ...values,
});

export const gap = (values: ResultRow = {}): ResultRow => ({
  account_id: '222222222222',
  account_name: 'analytics',
  region: 'eu-west-1',
  resource: 'functions',
  status: 'denied',
  required: true,
  error_code: 'AccessDeniedException',
  message: 'not authorized',
  ...values,
});

/** What a report is made of; answers that are not given are empty. */
export function reportData(given: Partial<Record<AnswerName, Result>> = {}): ReportData {
  const empty = Object.fromEntries(answerNames.map((name) => [name, result()])) as Record<AnswerName, Result>;
  return { ...empty, snapshots: result(snapshot('2026-01-05'), snapshot('2026-01-12')), ...given };
}
