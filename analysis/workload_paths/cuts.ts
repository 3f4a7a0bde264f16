import type { pathCuts } from '../../tables/path_cuts.ts';
import type { RowOf } from '../../tables/table.ts';
import { remembered } from '../capabilities/remembered.ts';
import type { PathStep, WorkloadPath } from './row.ts';

type PathCut = RowOf<typeof pathCuts>;

/** Paths that the same edges carry: each of the edges, taken away, cuts them all. */
interface Strand {
  readonly edges: readonly Edge[];
  readonly weight: number;
  cut: boolean;
}

/** A statement, or a role’s authority. */
interface Edge {
  readonly kind: 'statement' | 'role';
  readonly name: string;
  readonly strands: Strand[];
  readonly principals: Set<string>;
  paths: number;
  /** Those that it would cut now. */
  left: number;
}

/**
 * The edges of an account’s paths in the order in which to take them away: each cuts most of what is left. The first n
 * cut at least 63 % of what the best n would that were chosen together, which nobody can choose fast.
 */
export function pathCutRows(accountId: string, paths: readonly WorkloadPath[]): readonly PathCut[] {
  const edges = edgesOf(paths.filter(({ verdict }) => verdict !== 'path_reduced'));
  return inTurn(edges).map(({ edge, cut }, index) => ({
    account_id: accountId,
    region: 'global',
    turn: index + 1,
    kind: edge.kind,
    edge: edge.name,
    paths: edge.paths,
    principals: edge.principals.size,
    cut,
  }));
}

/** A row that stands for many roles goes through its statements with all of them, and through the one it names once. */
function edgesOf(paths: readonly WorkloadPath[]): readonly Edge[] {
  const edges = new Map<string, Edge>();
  const edge = (kind: Edge['kind'], name: string): Edge => {
    const key = `${kind} ${name}`;
    const found = edges.get(key) ?? { kind, name, strands: [], principals: new Set<string>(), paths: 0, left: 0 };
    edges.set(key, found);
    return found;
  };
  const statements = remembered((steps: string) => statementsOf(steps).map((name) => edge('statement', name)));
  for (const { principal_arn, role_arn, role_count, steps } of paths) {
    const through = statements(steps);
    addStrand(principal_arn, [...through, edge('role', role_arn)], 1);
    if (role_count > 1) addStrand(principal_arn, through, role_count - 1);
  }
  return [...edges.values()];
}

function addStrand(principal: string, edges: readonly Edge[], weight: number): void {
  const strand = { edges, weight, cut: false };
  for (const edge of edges) {
    edge.strands.push(strand);
    edge.principals.add(principal);
    edge.paths += weight;
    edge.left += weight;
  }
}

/** A statement that allows two steps of a path carries it once. */
function statementsOf(steps: string): readonly string[] {
  const places = (JSON.parse(steps) as readonly PathStep[]).flatMap(({ by }) => by ?? []);
  return [...new Set(places.map(({ policy_id, position }) => `${policy_id} statement ${position}`))];
}

/** What an edge cuts shrinks with each turn, so one that still cuts what it did when it was put in its place is the best. */
function inTurn(edges: readonly Edge[]): readonly { readonly edge: Edge; readonly cut: number }[] {
  const waiting = edges.map((edge) => ({ edge, cut: edge.left })).sort((a, b) => order(b, a));
  const turns: { edge: Edge; cut: number }[] = [];
  for (let best = waiting.pop(); best !== undefined; best = waiting.pop()) {
    if (best.cut === best.edge.left) {
      turns.push(best);
      takeAway(best.edge);
    } else putBack(waiting, { ...best, cut: best.edge.left });
  }
  return turns;
}

interface Waiting {
  readonly edge: Edge;
  readonly cut: number;
}

/** The best last, where it is taken from. */
function putBack(waiting: Waiting[], one: Waiting): void {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(one, waiting[middle]!) < 0) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, one);
}

/** The better first: by what is cut, then by all that go through, then by kind and name. */
function order(a: Waiting, b: Waiting): number {
  if (a.cut !== b.cut) return b.cut - a.cut;
  if (a.edge.paths !== b.edge.paths) return b.edge.paths - a.edge.paths;
  if (a.edge.kind !== b.edge.kind) return a.edge.kind < b.edge.kind ? -1 : 1;
  return a.edge.name < b.edge.name ? -1 : Number(a.edge.name > b.edge.name);
}

function takeAway({ strands }: Edge): void {
  for (const strand of strands) {
    if (strand.cut) continue;
    strand.cut = true;
    for (const edge of strand.edges) edge.left -= strand.weight;
  }
}
