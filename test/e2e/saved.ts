import { loadMetrics, loadQuestions, loadRules, type Question } from '../../queries/question.ts';
import { tokens } from '../../queries/tokens.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { Table } from '../../tables/table.ts';

const families = { questions: loadQuestions(), findings: loadRules(), trends: loadMetrics() };

/** Every saved query with its path below queries/, without the ending. */
export const saved: readonly (readonly [string, Question])[] = Object.entries(families).flatMap(([family, questions]) =>
  questions.map((question) => [`${family}/${question.name}`, question] as const),
);

/** The tables that a query may name. */
export function tablesIn(sql: string): readonly Table[] {
  const words = new Set(tokens(sql).map(({ text }) => text));
  return allTables.filter(({ name }) => words.has(name));
}
