import type { Result } from '../queries/engine.ts';
import { type Format, renderResult } from '../report/result.ts';

/** Prints rows on standard output, as wide as the terminal. */
export function printResult(result: Result, format: Format): void {
  process.stdout.write(renderResult(result, format, process.stdout.columns ?? Number.POSITIVE_INFINITY));
}

/** A message for the person at the terminal: standard error, so that standard output holds data alone. */
export function message(text: string): void {
  process.stderr.write(`${text}\n`);
}
