import type { Result } from '../queries/engine.ts';
import { text } from './cell.ts';

/** Answers by the name of their question, all with its default parameters, except for `team_trends`: `trends` of the teams. */
export const answerNames = [
  'snapshots',
  'accounts',
  'coverage_gaps',
  'trends',
  'team_trends',
  'changes',
  'open_findings',
  'shared_role_clusters',
  'shared_admin_roles',
  'cloned_roles',
  'wildcard_counts',
  'wildcard_trend',
  'public_functions',
  'workload_identity_paths',
  'choke_points',
  'environment_secret_names',
  'dormant_roles',
  'roles_without_boundary',
  'unowned_roles',
] as const;

export type AnswerName = (typeof answerNames)[number];

/** Every answer that the report shows. */
export type ReportData = Readonly<Record<AnswerName, Result>>;

/** Asks everything the report shows, one after the other: the engine answers one question at a time anyway. */
export async function gather(
  ask: (name: string, parameters: Record<string, string>) => Promise<Result>,
): Promise<ReportData> {
  const answers = {} as Record<AnswerName, Result>;
  for (const name of answerNames) {
    const teams = name === 'team_trends';
    answers[name] = await (teams ? ask('trends', { scope_kind: 'team' }) : ask(name, {}));
  }
  return answers;
}

/** Dates of the published snapshots, oldest first. */
export function snapshotDates(data: ReportData): readonly string[] {
  return data.snapshots.rows.map((row) => text(row.snapshot_date)).sort();
}
