import type { Result } from '../queries/engine.ts';
import { text } from './cell.ts';

/** An answer that the report shows: which question, and with which parameters when not the defaults. */
interface Asked {
  readonly question: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Compares two snapshots, so there is nothing to ask while there is one. */
  readonly comparison?: true;
}

const asked = {
  snapshots: { question: 'snapshots' },
  coverage_gaps: { question: 'coverage_gaps' },
  trends: { question: 'trends' },
  drift: { question: 'drift', comparison: true },
  open_findings: { question: 'open_findings' },
  shared_role_clusters: { question: 'shared_role_clusters' },
  shared_admin_roles: { question: 'shared_admin_roles' },
  cloned_roles: { question: 'cloned_roles' },
  wildcard_counts: { question: 'wildcard_counts' },
  wildcard_trend: { question: 'wildcard_trend' },
  team_wildcards: { question: 'wildcard_trend', parameters: { scope_kind: 'team' } },
  public_functions: { question: 'public_functions' },
  environment_secret_names: { question: 'environment_secret_names' },
  dormant_roles: { question: 'dormant_roles' },
  roles_without_boundary: { question: 'roles_without_boundary' },
  unowned_roles: { question: 'unowned_roles' },
} as const satisfies Record<string, Asked>;

export type AnswerName = keyof typeof asked;
export const answerNames = Object.keys(asked) as readonly AnswerName[];

/** Every answer that the report shows, all of the same published state. */
export type ReportData = Readonly<Record<AnswerName, Result>>;

const nothing: Result = { columns: [], rows: [] };

/** Asks everything the report shows, one after the other: the engine answers one question at a time anyway. */
export async function gather(
  ask: (name: string, parameters: Record<string, string>) => Promise<Result>,
): Promise<ReportData> {
  const answers = {} as Record<AnswerName, Result>;
  for (const name of answerNames) {
    const { question, parameters, comparison }: Asked = asked[name];
    const alone = comparison && answers.snapshots.rows.length < 2;
    answers[name] = alone ? nothing : await ask(question, { ...parameters });
  }
  return answers;
}

/** Dates of the published snapshots, oldest first. */
export function snapshotDates(data: ReportData): readonly string[] {
  return data.snapshots.rows.map((row) => text(row.snapshot_date)).sort();
}
