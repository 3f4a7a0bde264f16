import { namesAction } from '../applies.ts';
import type { CollectedAccount, CollectedFunctionPolicy } from '../collected.ts';
import { parseDocument } from '../document.ts';
import { evaluate } from '../evaluate.ts';
import { grouped } from '../grouped.ts';
import type { NamedPolicy } from '../policies.ts';
import type { PolicyDocument, Statement } from '../policy.ts';
import { organizationKeys } from '../principal_keys.ts';
import type { Requester } from '../request.ts';
import { requesterOf, someoneOf } from '../requester.ts';
import type { Surroundings } from '../surroundings.ts';
import { gainNames } from './gains.ts';
import { type Method, methods } from './methods.ts';
import { placeOf, type WorkloadPath } from './row.ts';

/** What a function’s own policy lets somebody do with it. */
interface Opened {
  readonly principal: string;
  readonly method: Method;
  readonly roleArn: string;
  readonly functionArn: string;
  readonly decision: 'allowed' | 'conditional';
  readonly statements: readonly ReturnType<typeof placeOf>[];
}

/**
 * Paths of those whom policies of functions name: other accounts, their principals, anyone. Their own account is taken
 * to let them; principals of this account need nothing else.
 * Page: Using resource-based policies for Lambda, Granting function access to other accounts.
 */
export function foreignPaths(
  { accountId, functions, functionPolicies }: CollectedAccount,
  around: Surroundings,
  gained: (principalArn: string, roleArn: string) => number,
): readonly WorkloadPath[] {
  const roles = new Map(functions.map(({ function_arn, role_arn }) => [function_arn, role_arn]));
  const opened = functionPolicies.flatMap((policy) => openedBy(policy, roles.get(policy.function_arn) ?? null, around));
  const paths = [
    ...grouped(opened, ({ principal, method, roleArn }) => `${principal} ${method.name} ${roleArn}`).values(),
  ];
  return paths.flatMap((same) => {
    const { principal, roleArn } = same[0]!;
    const gain = gained(principal, roleArn);
    return gain === 0 ? [] : [rowOf(accountId, same, gainNames(gain))];
  });
}

/** Methods that one function’s policy can open, each by name once. */
const OPENABLE = [
  ...new Map(
    methods.filter(({ control, passes }) => isOfFunctions(control.of) && !passes).map((one) => [one.name, one]),
  ).values(),
];

function isOfFunctions(kind: Method['control']['of']): boolean {
  return kind === 'code' || kind === 'layers' || kind === 'functions';
}

function openedBy(
  { function_arn, document: text }: CollectedFunctionPolicy,
  roleArn: string | null,
  around: Surroundings,
): readonly Opened[] {
  if (roleArn === null) return [];
  const document = parseDocument(text, 'resource');
  const allows = document.statements.filter(({ effect }) => effect === 'Allow');
  return OPENABLE.flatMap((method) =>
    principalsOf(allows.filter((one) => namesAction(one, method.control.action))).flatMap((principal): Opened[] => {
      const { decision, statements } = decided(
        document,
        function_arn,
        requester(principal, around),
        method.control.action,
      );
      if (decision === 'denied') return [];
      const places = statements.filter(({ layer }) => layer === 'resource').map(placeOf);
      return [{ principal, method, roleArn, functionArn: function_arn, decision, statements: places }];
    }),
  );
}

function principalsOf(allows: readonly Statement[]): readonly string[] {
  const named = allows.flatMap(({ principals }) => principals ?? []).filter(({ kind }) => kind === 'aws');
  return [...new Set(named.map(({ value }) => value))].sort();
}

const ANYTHING: NamedPolicy = {
  id: 'of the other account',
  document: parseDocument(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    'identity',
  ),
};

function decided(document: PolicyDocument, functionArn: string, requester: Requester, action: string) {
  const request = {
    requester,
    action,
    resource: functionArn,
    resourceAccount: functionArn.split(':')[4] ?? null,
    resourceInManagementAccount: false,
    context: new Map(),
    since: null,
  };
  const resource = { id: functionArn, document };
  return evaluate(request, { identity: [ANYTHING], boundary: null, session: null, scps: [], rcps: [], resource });
}

/** Whoever of the account; for `*` of an account that is nobody’s. Accounts that were listed are in the organization. */
function requester(principal: string, { members, organization }: Surroundings): Requester {
  const account = /\b\d{12}\b/.exec(principal)?.[0] ?? '000000000001';
  const found = requesterOf(principal);
  const one = found === null || found.kind === 'root' ? someoneOf(account) : found;
  if (organization === null || !members?.includes(account)) return one;
  return { ...one, known: organizationKeys({ id: organization.id, path: null }) };
}

function rowOf(accountId: string, same: readonly Opened[], gained: readonly string[]): WorkloadPath {
  const { principal, method, roleArn, statements } = same[0]!;
  const functions = [...new Set(same.map(({ functionArn }) => functionArn))].sort();
  const isSure = same.some(({ decision }) => decision === 'allowed') && method.onlyInput !== true;
  return {
    account_id: accountId,
    region: 'global',
    principal_arn: principal,
    method: method.name,
    role_arn: roleArn,
    function_count: functions.length,
    functions: functions.slice(0, 5),
    gained,
    verdict: isSure ? 'risk_possible' : 'conditional',
    missing_step: null,
    conditions: isSure ? null : JSON.stringify(statements),
    steps: JSON.stringify([{ action: method.control.action, on: functions.slice(0, 3), by: statements[0] ?? null }]),
    role_count: 1,
  };
}
