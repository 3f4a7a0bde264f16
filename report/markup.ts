import { visible } from './visible.ts';

declare const escaped: unique symbol;

/** Markup that is safe to put into a page. Only `html` makes it. */
export interface Html {
  readonly markup: string;
  readonly [escaped]: true;
}

/** What a template may hold; nothing shows for null, undefined and false. */
type Part = Html | string | number | null | undefined | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template for markup: every value in it is escaped, for text and for attributes in double quotes, unless it is markup itself. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = literals.map((literal, position) => literal + markupOf(parts[position])).join('');
  return { markup } as Html;
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return visible(part).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

/** Markup out of files of this folder: the style sheet and the script. Never for data. */
export const trusted = (markup: string): Html => ({ markup }) as Html;
