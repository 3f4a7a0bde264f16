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

/** Whether a trust policy knows the principal by a name, and by its very own within the account. */
function knows(trust: GivenRow, principal: string): { readonly anyhow: boolean; readonly byName: boolean } {
  if (trust.trusted_kind === 'anyone') return { anyhow: true, byName: false };
  const isAccount = trust.trusted_kind === 'account';
  const anyhow = isAccount ? text(trust.trusted).includes(accountOf(principal)) : trust.trusted === principal;
  return { anyhow, byName: !isAccount && anyhow && trust.is_cross_account !== true };
}

const listOf = (row: GivenRow, column: string): readonly string[] => row[column] as readonly string[];

function edgesAt(given: Given, parameters: Readonly<Record<string, string>>): readonly Edge[] {
  const grants = rowsAt(given, 'assume_role_grants', parameters);
  const trusts = rowsAt(given, 'trust_edges', parameters).filter((one) => one.kept_out !== true);
  const edges = trusts.flatMap((trust): readonly Edge[] => {
    const role = text(trust.role_arn);
    const isOpen = (trust.condition ?? null) === null && trust.kept_out === false;
    return grants
      .filter((one) => knows(trust, text(one.principal_arn))[one.when_named === true ? 'byName' : 'anyhow'])
      .filter((one) => listOf(one, 'role_patterns').every((pattern) => isLike(pattern, role)))
      .filter((one) => !listOf(one, 'spared_patterns').some((pattern) => isLike(pattern, role)))
      .map((one) => ({ from: text(one.principal_arn), to: role, isSure: isOpen && one.is_conditional !== true }));
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
