import type { Simulated } from '../analysis/simulate.ts';
import { escaped } from '../report/json.ts';
import { message, printResult } from './output.ts';

const columns = [
  { name: 'layer', type: 'varchar' },
  { name: 'file', type: 'varchar' },
  { name: 'position', type: 'bigint' },
  { name: 'sid', type: 'varchar' },
  { name: 'effect', type: 'varchar' },
  { name: 'holds', type: 'varchar' },
] as const;

/** Prints a decision and the statements that made it. */
export function printSimulated({ decision, statements, lacks, problems }: Simulated, format: 'table' | 'json'): void {
  const deciding = statements.map(({ policy_id, holds, ...rest }) => ({ file: policy_id, ...rest, holds }));
  if (format === 'json') {
    process.stdout.write(`${escaped(JSON.stringify({ decision, statements: deciding, lacks, problems }, null, 2))}\n`);
    return;
  }
  for (const problem of problems) message(problem);
  process.stdout.write(`${decision}${lacks.length > 0 ? `: nothing allows it in ${lacks.join(', ')}` : ''}\n`);
  const rows = deciding.map((one) => ({ ...one, holds: String(one.holds) }));
  if (rows.length > 0) printResult({ columns, rows }, format);
}
