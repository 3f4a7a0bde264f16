const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `1,234.5`: thousands apart, at most one decimal. */
export const figure = (value: number): string => thousands.format(value);

/** `3 roles`, `1 role`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${figure(amount)} ${amount === 1 ? one : many}`;
}

/** `2 Feb 2026` for 2026-02-02; any other text unchanged. */
export function longDate(date: string): string {
  const short = shortDate(date);
  return short === date ? date : `${short} ${date.slice(0, 4)}`;
}

/** `2 Feb` for 2026-02-02; any other text unchanged. */
export function shortDate(date: string): string {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)$/.exec(date) ?? [];
  return month && day ? `${Number(day)} ${months[Number(month) - 1] ?? month}` : date;
}

/** `a, b and c`. */
export function enumeration(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A name of a column, kind or factor as words: `data_sensitivity` → `data sensitivity`. */
export const spaced = (name: string): string => name.replaceAll('_', ' ');

/** At most so many characters, the last one `…` when some are missing. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
