import type { Result } from '../queries/engine.ts';

/** What a person decides by; the rest is in the other formats and in the question open_findings. */
const brief = ['score', 'severity', 'title', 'resource_arn', 'team', 'age_days'];

/** Findings as they fit a terminal: a few of their columns. */
export function briefFindings({ columns, rows }: Result): Result {
  return { columns: columns.filter(({ name }) => brief.includes(name)).sort(inOrder), rows };
}

const inOrder = (a: { readonly name: string }, b: { readonly name: string }): number =>
  brief.indexOf(a.name) - brief.indexOf(b.name);
