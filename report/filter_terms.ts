/** What a filter of a table takes to show the rows with exactly this value in this column. */
export function filterTerm(column: string, value: string): string {
  return /[\s"]/.test(value) ? `${column}:"${value.replaceAll('"', '')}"` : `${column}:${value}`;
}
