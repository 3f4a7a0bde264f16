import { visible } from '../report/visible.ts';
import type { RowOf } from '../tables/table.ts';
import type { workloadPaths } from '../tables/workload_paths.ts';

type Path = RowOf<typeof workloadPaths>;

interface Step {
  readonly action: string;
  readonly on: readonly string[];
  readonly by: { readonly policy_id: string; readonly position: number | null } | null;
}

/** A path as lines, each step under the one before: who starts, each control and what allows it, the role, what it gains. */
export function drawnPath({
  principal_arn,
  verdict,
  method,
  steps,
  role_arn,
  missing_step,
  gained,
  role_count,
}: Path): string {
  const found = (JSON.parse(steps) as readonly Step[]).map(stepText);
  const others = role_count > 1 ? ` and ${role_count - 1} more roles` : '';
  const missing = missing_step === null ? [] : [`missing: ${missing_step}`];
  const lines = [
    principal_arn,
    ...found,
    ...missing,
    `runs as ${role_arn}${others}`,
    `gains ${gained.join(', ') || 'nothing'}`,
  ];
  const indented = lines.map((line, depth) => `${depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `}${visible(line)}`);
  return [`${verdict}: ${visible(method)}`, ...indented].join('\n');
}

function stepText({ action, on, by }: Step): string {
  const statement = by === null ? '' : ` (${by.policy_id}${by.position === null ? '' : `, statement ${by.position}`})`;
  return `${action}${on.length === 0 ? '' : ` on ${on.join(', ')}`}${statement}`;
}
