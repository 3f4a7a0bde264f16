import { type Token, tokens } from '../../queries/tokens.ts';

/** SQL with one condition or join changed; `snippet` says what and in which line. */
export interface Mutant {
  readonly snippet: string;
  readonly sql: string;
}

/** A token with how deep in brackets and `case … end` it stands. */
interface Placed extends Token {
  readonly depth: number;
  readonly line: number;
  readonly word: string;
}

/** Tokens from `from` up to, not including, `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

const clauseEnds = ['where', 'group', 'having', 'order', 'limit', 'union', 'except', 'intersect', 'window', 'offset'];
const joinWords = ['left', 'right', 'full', 'inner', 'cross', 'join', ','];

function placed(sql: string): Placed[] {
  let depth = 0;
  let line = 1;
  return tokens(sql).map((token) => {
    const word = ['word', 'symbol'].includes(token.kind) ? token.text.toLowerCase() : '';
    if (word === ')' || word === 'end') depth -= 1;
    const result = { ...token, depth, line, word };
    if (word === '(' || word === 'case') depth += 1;
    line += token.text.split('\n').length - 1;
    return result;
  });
}

function clauseAfter(all: readonly Placed[], start: number, ends: readonly string[]): Range {
  const { depth } = all[start]!;
  const to = all.findIndex(
    (token, index) => index > start && (token.depth < depth || (token.depth === depth && ends.includes(token.word))),
  );
  return { from: start + 1, to: to === -1 ? all.length : to };
}

/** The parts that `and` joins; one only when an `or` stands beside them, since then they are no conjuncts. */
function conjuncts(all: readonly Placed[], clause: Range): readonly Range[] {
  const depth = all[clause.from - 1]!.depth;
  const ranges: Range[] = [];
  let from = clause.from;
  let between = false;
  for (let index = clause.from; index < clause.to; index += 1) {
    const token = all[index]!;
    if (token.depth !== depth) continue;
    if (token.word === 'or') return [clause];
    if (token.word === 'and' && !between) {
      ranges.push({ from, to: index });
      from = index + 1;
    }
    if (token.word === 'between' || token.word === 'and') between = token.word === 'between';
  }
  return [...ranges, { from, to: clause.to }];
}

function replaced(all: readonly Placed[], { from, to }: Range, by: string, what: string): Mutant {
  const text = (part: readonly Placed[]) => part.map((token) => token.text).join('');
  const old = text(all.slice(from, to)).replace(/\s+/g, ' ').trim();
  const line = all.slice(from).find((token) => token.kind !== 'space')?.line;
  return {
    snippet: `line ${line}: ${what} "${old}" → "${by}"`,
    sql: `${text(all.slice(0, from))} ${by} ${text(all.slice(to))}`,
  };
}

function withoutConditions(all: readonly Placed[], start: number): readonly Mutant[] {
  const keyword = all[start]!.word;
  const clause = clauseAfter(all, start, keyword === 'on' ? [...clauseEnds, ...joinWords] : clauseEnds);
  const parts = conjuncts(all, clause);
  const ranges = parts.length === 1 ? [clause] : [clause, ...parts];
  return ranges.map((range) => replaced(all, range, 'true', keyword));
}

function otherJoins(all: readonly Placed[], at: number): readonly Mutant[] {
  const before = all.slice(0, at).findLastIndex((token) => token.kind !== 'space');
  const previous = all[before]?.word ?? '';
  if (previous === 'cross') return [];
  const named = ['left', 'right', 'full', 'inner'].includes(previous);
  const range = { from: named ? before : at, to: at + 1 };
  const others = { left: ['join'], right: ['join'], full: ['left join', 'join'] }[previous] ?? ['left join'];
  return others.map((join) => replaced(all, range, join, 'join'));
}

/** Every where, having and join condition dropped, whole and conjunct by conjunct, and every join made another kind. */
export function mutants(sql: string): readonly Mutant[] {
  const all = placed(sql);
  return all.flatMap((token, index) => {
    if (['where', 'having', 'on'].includes(token.word)) return withoutConditions(all, index);
    return token.word === 'join' ? otherJoins(all, index) : [];
  });
}
