import type { Result } from '../queries/engine.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { tableText } from './table_text.ts';

export type Format = 'table' | 'csv' | 'json';

/** The answer to a question as `--format` asks; `width` is the terminal's and matters for tables only. Ends with a line break. */
export function renderResult(result: Result, format: Format, width: number): string {
  if (format === 'csv') return csv(result);
  return format === 'json' ? json(result) : tableText(result, width);
}
