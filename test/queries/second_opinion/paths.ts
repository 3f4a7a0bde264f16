import { grouped } from '../../../analysis/grouped.ts';
import { by, type GivenRow, type Opinion, rowsAt, text } from './given_rows.ts';

const gainedBy = (row: GivenRow): readonly string[] => row.gained as readonly string[];
const most = (rows: readonly (readonly GivenRow[])[], column: string): number =>
  Math.max(...rows.map((some) => sum(some, column)));
const sum = (rows: readonly GivenRow[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

const permissionSet = (roles: readonly GivenRow[], arn: unknown): string | null =>
  (roles.find((role) => role.arn === arn)?.sso_permission_set ?? null) as string | null;

export const workloadIdentityPaths: Opinion = (given, parameters) => {
  const roles = rowsAt(given, 'roles', parameters);
  const verdicts = ['risk_possible', 'conditional', 'path_reduced'];
  const gravity = (row: GivenRow): number => {
    if (gainedBy(row).includes('admin')) return 0;
    return gainedBy(row).includes('escalation') ? 1 : 2;
  };
  return rowsAt(given, 'workload_paths', parameters)
    .toSorted(
      by(
        ({ verdict }) => verdicts.indexOf(text(verdict)),
        gravity,
        (row) => -gainedBy(row).length,
        ({ role_count }) => -Number(role_count),
        ({ function_count }) => -Number(function_count),
        ({ principal_arn }) => text(principal_arn),
        ({ method }) => text(method),
        ({ role_arn }) => text(role_arn),
      ),
    )
    .map(({ snapshot_date: _, region: __, ...row }) => ({
      ...row,
      permission_set: permissionSet(roles, row.principal_arn),
    }));
};

/** In each account the method that leads to most says how many roles and functions are reached. */
export const blastRadius: Opinion = (given, parameters) => {
  const roles = rowsAt(given, 'roles', parameters);
  const paths = rowsAt(given, 'workload_paths', parameters).filter(({ verdict }) => verdict !== 'path_reduced');
  const nameOf = ({ principal_arn }: GivenRow): string => {
    const set = permissionSet(roles, principal_arn);
    return set === null ? text(principal_arn) : `permission set ${set}`;
  };
  return [...grouped(paths, nameOf)]
    .map(([principal, own]) => {
      const accounts = [...grouped(own, ({ account_id }) => account_id).values()].map((some) => [
        ...grouped(some, ({ method }) => method).values(),
      ]);
      const gained = [...new Set(own.flatMap(gainedBy))].sort();
      return {
        principal,
        accounts: accounts.length,
        roles: accounts.reduce((total, methods) => total + most(methods, 'role_count'), 0),
        functions: accounts.reduce((total, methods) => total + most(methods, 'function_count'), 0),
        certain: own.filter(({ verdict }) => verdict === 'risk_possible').length,
        methods: [...new Set(own.map(({ method }) => text(method)))].sort(),
        gained,
        reaches_admin: gained.includes('admin'),
      };
    })
    .toSorted(
      by(
        ({ reaches_admin }) => (reaches_admin ? 0 : 1),
        ({ gained }) => -gained.length,
        ({ roles }) => -roles,
        ({ principal }) => principal,
      ),
    );
};

/** The order of each account is kept; of the next ones of all accounts the one that cuts most comes first. */
export const chokePoints: Opinion = (given, parameters) => {
  const all = rowsAt(given, 'path_cuts', parameters);
  const waiting = [...grouped(all, ({ account_id }) => text(account_id)).values()].map((edges) =>
    edges.toSorted(by(({ turn }) => Number(turn))),
  );
  const total = sum(all, 'cut');
  let sofar = 0;
  return all.map(() => {
    const heads = waiting.filter((edges) => edges.length > 0);
    const [next] = heads.toSorted(
      by(
        ([head]) => -Number(head!.cut),
        ([head]) => text(head!.account_id),
      ),
    );
    const { snapshot_date: _, region: __, turn: ___, ...edge } = next!.shift()!;
    sofar += Number(edge.cut);
    return { ...edge, cut_so_far_pct: Math.round((1000 * sofar) / total) / 10 };
  });
};
