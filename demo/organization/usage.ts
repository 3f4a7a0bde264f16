import { awsManagedPolicies, lambdaBasicExecution } from './aws_managed_policies.ts';
import { type Document, listOf, statementsOf } from './documents.ts';
import type { Account, Role } from './model.ts';

/** Accounts whose teams let IAM report what their functions' roles use. */
export const isReported = ({ name }: Account): boolean => name === 'data-production' || name === 'payments-production';

/** Execution roles of an account, each once. */
export const executionRoles = (account: Account): readonly Role[] =>
  account.roles.filter(({ arn }) => account.functions.some(({ role }) => role === arn));

/**
 * Services that policies of a role name, and whether the role uses them: what was written for it is used, and so are its
 * logs; what was attached because it was at hand is not.
 */
export function usage({ inline, attached }: Role): ReadonlyMap<string, boolean> {
  const own = Object.values(inline).filter((of): of is Document => typeof of !== 'string');
  const managed = (wanted: boolean) =>
    awsManagedPolicies.filter(({ arn }) => attached.includes(arn) && (arn === lambdaBasicExecution) === wanted);
  const documents = (used: boolean) => [
    ...(used ? own : []),
    ...managed(used).flatMap(({ versions }) => versions.map((version) => version.document)),
  ];
  return new Map(
    [false, true].flatMap((used) =>
      documents(used)
        .flatMap(servicesIn)
        .map((service) => [service, used]),
    ),
  );
}

const servicesIn = (of: Document): readonly string[] =>
  statementsOf(of)
    .flatMap(({ Action }) => listOf(Action))
    .filter((action) => action.includes(':'))
    .map((action) => action.slice(0, action.indexOf(':')));
