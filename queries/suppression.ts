import type { SnapshotDate } from '../lake/catalog.ts';
import { quoted } from './render.ts';

/** Why something that a rule finds is let be, who answers for it, and until when. */
export interface Suppression {
  /** One finding … */
  readonly finding_id?: string | undefined;
  /** … or what a rule finds on resources; `*` in the ARN stands for any text, `?` for any character. */
  readonly rule_id?: string | undefined;
  readonly resource_arn?: string | undefined;
  readonly reason: string;
  readonly owner: string;
  /** Last snapshot date on which it holds. */
  readonly expires: SnapshotDate;
}

export const isExpired = ({ expires }: Suppression, date: SnapshotDate): boolean => expires < date;

/** The pattern of SQL's LIKE, in which `\` escapes. */
const likePattern = (glob: string): string =>
  glob
    .replaceAll(/[\\%_]/g, String.raw`\$&`)
    .replaceAll('*', '%')
    .replaceAll('?', '_');

const condition = ({ finding_id, rule_id, resource_arn }: Suppression): string =>
  [
    ...(rule_id === undefined ? [] : [`rule_id = ${quoted(rule_id)}`]),
    finding_id === undefined
      ? `resource_arn like ${quoted(likePattern(resource_arn!))} escape '\\'`
      : `finding_id = ${quoted(finding_id)}`,
  ].join(' and ');

/** SQL that says whether a finding of these rules is suppressed in the snapshot of a date. */
export function suppressedBy(
  suppressions: readonly Suppression[],
  rules: readonly string[],
  date: SnapshotDate,
): string {
  const ofThese = ({ rule_id }: Suppression) => rule_id === undefined || rules.includes(rule_id);
  const holding = suppressions.filter((one) => !isExpired(one, date) && ofThese(one));
  return holding.map(condition).join(' or ') || 'false';
}
