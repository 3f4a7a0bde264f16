/** Names that one message gives; the rest is counted. */
const FEW = 8;

/** Names for a message, without what would disturb a terminal: `a, b and 3 more`. */
export function fewNames(names: readonly string[]): string {
  const rest = names.length > FEW ? ` and ${names.length - FEW} more` : '';
  return `${names
    .slice(0, FEW)
    .join(', ')
    .replace(/\p{C}+/gu, ' ')}${rest}`;
}
