import type { Answer } from '../queries/ask.ts';
import type { Result } from '../queries/engine.ts';
import type { Format } from '../report/result.ts';
import { count } from '../report/words.ts';
import { message, printResult } from './output.ts';

/** Prints an answer, and on standard error what it cannot hold: no rows must not read as nothing there. */
export function printAnswer(answer: Answer, format: Format, shown: Result = answer): void {
  printResult(shown, format);
  if (answer.question.name === 'coverage_gaps') return;
  for (const { snapshot_date, accounts_planned, accounts_complete } of answer.snapshots) {
    if (accounts_complete >= accounts_planned) continue;
    const missing = `${accounts_planned - accounts_complete} of ${count(accounts_planned, 'account')}`;
    message(
      `${snapshot_date}: ${missing} not read in full, and the answer lacks what was not read. What that is: rolecall query coverage_gaps --param snapshot=${snapshot_date}`,
    );
  }
}
