/** `parameter` is `:name` where SQL would read it as code; never within strings, quoted identifiers or comments. */
type TokenKind = 'comment' | 'string' | 'quoted' | 'space' | 'parameter' | 'word' | 'number' | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const patterns: Readonly<Record<TokenKind, string>> = {
  comment: String.raw`--[^\n]*|/\*[\s\S]*?\*/`,
  string: "'(?:[^']|'')*'",
  quoted: '"(?:[^"]|"")*"',
  space: String.raw`\s+`,
  parameter: String.raw`:[A-Za-z_]\w*`,
  word: String.raw`[A-Za-z_]\w*`,
  number: String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`,
  symbol: String.raw`::|[<>!]=|<>|\|\||->|[\s\S]`,
};
// `::` is a cast, so it must be tried before a parameter.
const order: readonly TokenKind[] = ['comment', 'string', 'quoted', 'space', 'parameter', 'word', 'number', 'symbol'];
const token = new RegExp(
  order.map((kind) => `(?<${kind}>${kind === 'parameter' ? `(?<!:)${patterns[kind]}` : patterns[kind]})`).join('|'),
  'g',
);

/** Cuts SQL into tokens; joined again they are the same text. */
export function tokens(sql: string): Token[] {
  return [...sql.matchAll(token)].map((match) => {
    const kind = order.find((name) => match.groups?.[name] !== undefined)!;
    return { kind, text: match[0] };
  });
}
