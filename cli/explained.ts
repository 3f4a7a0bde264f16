import { escaped } from '../report/json.ts';
import type { capabilities } from '../tables/capabilities.ts';
import type { RowOf } from '../tables/table.ts';
import type { workloadPaths } from '../tables/workload_paths.ts';
import { drawnPath } from './drawn_path.ts';
import { printResult } from './output.ts';

type Capability = RowOf<typeof capabilities>;
type Path = RowOf<typeof workloadPaths>;

const columns = [
  { name: 'verdict', type: 'varchar' },
  { name: 'capability', type: 'varchar' },
  { name: 'scope', type: 'varchar' },
  { name: 'granted_by', type: 'array(varchar)' },
  { name: 'explanation', type: 'varchar' },
] as const;

const VERDICTS = ['allowed', 'conditional', 'possible', 'unknown', 'denied'];

/** Prints what a principal can do, surest first, and the paths that it has through workloads. */
export function printExplained(found: readonly Capability[], paths: readonly Path[], format: 'table' | 'json'): void {
  const rows = [...found].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  if (format === 'json') printJson(rows, paths);
  else printText(rows, paths);
}

function printText(rows: readonly Capability[], paths: readonly Path[]): void {
  printResult({ columns, rows: rows.map((row) => ({ ...row, granted_by: policiesIn(row) })) }, 'table');
  for (const path of paths) process.stdout.write(`\n${drawnPath(path)}\n`);
}

/** Policies that grant it, by id. */
function policiesIn({ granted_by }: Capability): readonly string[] {
  const statements = JSON.parse(granted_by) as readonly { readonly policy_id: string }[];
  return [...new Set(statements.map(({ policy_id }) => policy_id))].sort();
}

function printJson(rows: readonly Capability[], paths: readonly Path[]): void {
  const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
  const answer = {
    capabilities: rows.map(({ granted_by, blocked_by, ...row }) => ({
      ...row,
      granted_by: parsed(granted_by),
      blocked_by: parsed(blocked_by),
    })),
    paths: paths.map(({ steps, conditions, ...path }) => ({
      ...path,
      steps: parsed(steps),
      conditions: parsed(conditions),
    })),
  };
  process.stdout.write(`${escaped(JSON.stringify(answer, null, 2))}\n`);
}
