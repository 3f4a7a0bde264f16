import type { Simulated } from '../analysis/simulate.ts';
import { escaped } from '../report/json.ts';
import { message, printResult } from './output.ts';

/** Prints a decision and the statements that made it; `place` is what a statement's policy is called: a file, a policy. */
export function printDecision(decided: Simulated, place: 'file' | 'policy', format: 'table' | 'json'): void {
  const { decision, lacks, problems } = decided;
  const statements = decided.statements.map(({ policy_id, ...rest }) => ({ [place]: policy_id, ...rest }));
  if (format === 'json') {
    process.stdout.write(`${escaped(JSON.stringify({ decision, statements, lacks, problems }, null, 2))}\n`);
    return;
  }
  for (const problem of problems) message(problem);
  process.stdout.write(`${decision}${lacks.length > 0 ? `: nothing allows it in ${lacks.join(', ')}` : ''}\n`);
  if (statements.length > 0) printStatements(decided, place);
}

function printStatements({ statements }: Simulated, place: string): void {
  const columns = [
    { name: 'layer', type: 'varchar' },
    { name: place, type: 'varchar' },
    { name: 'position', type: 'bigint' },
    { name: 'sid', type: 'varchar' },
    { name: 'effect', type: 'varchar' },
    { name: 'holds', type: 'varchar' },
  ] as const;
  const rows = statements.map(({ layer, policy_id, position, sid, effect, holds }) => ({
    ...{ layer, [place]: policy_id, position, sid, effect },
    holds: String(holds),
  }));
  printResult({ columns, rows }, 'table');
}
