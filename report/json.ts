import type { Result } from '../queries/engine.ts';

/** Printed as escapes, because a terminal would obey them: JSON itself escapes only the first 32. */
const unescaped = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** The answer as a JSON array of objects in the order of the columns; times as ISO 8601. */
export function json(result: Result): string {
  const rows = result.rows.map((row) =>
    Object.fromEntries(result.columns.map(({ name }) => [name, row[name] ?? null])),
  );
  const lines = rows.map((row) => `  ${escaped(JSON.stringify(row))}`);
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

/** JSON text that a terminal cannot take for anything else. */
export function escaped(text: string): string {
  return text.replace(unescaped, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
