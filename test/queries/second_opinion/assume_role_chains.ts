import type { Given } from '../fixture_lake.ts';
import { by, type GivenRow, type Opinion, rowsAt, text } from './given_rows.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly isSure: boolean;
}

interface Chain {
  readonly path: readonly string[];
  readonly isSure: boolean;
}

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** `*` is any text, `?` one sign, all else itself. */
const isLike = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(arn);

interface Asked {
  readonly from: string;
  readonly patterns: readonly string[];
  readonly isSure: boolean;
}

/** What the identity statements of a principal ask for; one that was not read may ask for any role. */
function askedBy(capability: GivenRow, statements: readonly GivenRow[]): readonly Asked[] {
  const places = JSON.parse(text(capability.granted_by)) as { layer: string; policy_id: string; position: number }[];
  return places
    .filter(({ layer }) => layer === 'identity')
    .map(({ policy_id, position }) => {
      const found = statements.find((one) => one.policy_id === policy_id && one.position === position);
      const resources = (found?.resources ?? null) as readonly string[] | null;
      const isRead = resources !== null && (found?.condition ?? null) === null;
      return {
        from: text(capability.principal_arn),
        patterns: resources ?? ['*'],
        isSure: isRead && ['allowed', 'possible'].includes(text(capability.verdict)),
      };
    });
}

function letsIn(trust: GivenRow, principal: string): boolean {
  if (trust.trusted_kind === 'anyone') return true;
  if (trust.trusted_kind === 'account') return text(trust.trusted).includes(accountOf(principal));
  return trust.trusted === principal;
}

function edgesAt(given: Given, parameters: Readonly<Record<string, string>>): readonly Edge[] {
  const statements = rowsAt(given, 'statements', parameters);
  const trusts = rowsAt(given, 'trust_edges', parameters);
  const asked = rowsAt(given, 'capabilities', parameters)
    .filter(({ capability, verdict }) => capability === 'sts:AssumeRole' && verdict !== 'denied')
    .flatMap((one) => askedBy(one, statements));
  const edges = trusts.flatMap((trust): readonly Edge[] => {
    const role = text(trust.role_arn);
    const isOpen = (trust.condition ?? null) === null;
    const byPolicy = asked
      .filter(({ from, patterns }) => letsIn(trust, from) && patterns.some((pattern) => isLike(pattern, role)))
      .map(({ from, isSure }) => ({ from, to: role, isSure: isSure && isOpen }));
    const isNamed = trust.trusted_kind === 'principal' && trust.is_cross_account !== true;
    return isNamed ? [...byPolicy, { from: text(trust.trusted), to: role, isSure: isOpen }] : byPolicy;
  });
  return edges.filter(({ from, to }) => from !== to);
}

/** Every chain of at most five hops that comes by no role twice. */
function chainsFrom(chain: Chain, edges: readonly Edge[]): readonly Chain[] {
  if (chain.path.length > 5) return [];
  const last = chain.path.at(-1);
  const next = edges.filter(({ from, to }) => from === last && !chain.path.includes(to));
  return next.flatMap(({ to, isSure }) => {
    const longer = { path: [...chain.path, to], isSure: chain.isSure && isSure };
    return [longer, ...chainsFrom(longer, edges)];
  });
}

/** What is sure before what is not, then the fewest hops, then by the stops from the last one back. */
const better = by<Chain>(
  ({ isSure }) => (isSure ? 0 : 1),
  ({ path }) => path.length,
  ({ path }) => path.toReversed().join(' '),
);

export const assumeRoleChains: Opinion = (given, parameters) => {
  const edges = edgesAt(given, parameters);
  const principals = [...new Set(edges.map(({ from }) => from))];
  const all = principals.flatMap((from) => chainsFrom({ path: [from], isSure: true }, edges)).toSorted(better);
  const best = new Map(all.toReversed().map((chain) => [`${chain.path[0]} ${chain.path.at(-1)}`, chain]));
  const roles = rowsAt(given, 'roles', parameters);
  return [...best.values()]
    .map(({ path, isSure }) => ({
      principal_arn: text(path[0]),
      role_arn: text(path.at(-1)),
      hops: path.length - 1,
      accounts: new Set(path.map(accountOf)).size,
      verdict: isSure ? 'allowed' : 'conditional',
      path,
      role_is_admin: roles.find(({ arn }) => arn === path.at(-1))?.is_admin ?? null,
    }))
    .filter(({ hops }) => hops >= Number(parameters.at_least ?? 1))
    .toSorted(
      by(
        ({ hops }) => -hops,
        ({ accounts }) => -accounts,
        (one) => one.principal_arn,
        (one) => one.role_arn,
      ),
    );
};
