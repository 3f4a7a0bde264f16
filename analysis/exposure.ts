import type { CollectedAccount, CollectedFunction, CollectedFunctionUrl } from './collected.ts';
import { parseDocument } from './document.ts';
import { grouped } from './grouped.ts';
import type { PolicyDocument } from './policy.ts';
import { publicAccess } from './public_access.ts';
import { eventSourceTrigger, statementTrigger, type TriggerRow, urlTrigger } from './triggers.ts';

/** Columns of functions that say who may invoke them. */
interface Exposed {
  readonly url_auth_type: string | null;
  readonly is_public: boolean | null;
}

export interface Exposure {
  readonly triggers: readonly TriggerRow[];
  of(found: CollectedFunction): Exposed;
}

/** One policy with its URLs: of the function itself, or of a version or alias, each of which has its own. */
interface Door {
  readonly functionArn: string;
  readonly unclear: boolean;
  readonly triggers: readonly TriggerRow[];
}

/** Who may invoke the functions of an account, and by what. */
export function exposureOf(account: CollectedAccount): Exposure {
  const doors = doorsOf(account);
  const byFunction = grouped(doors, ({ functionArn }) => functionArn);
  const urls = grouped(account.functionUrls, ({ function_arn }) => function_arn);
  const mappings = account.eventSources.map((mapping) => eventSourceTrigger(account.accountId, mapping));
  return {
    triggers: [...doors.flatMap(({ triggers }) => triggers), ...mappings],
    of: (found) => ({
      url_auth_type: authType(urls.get(found.function_arn) ?? []),
      is_public: isPublic(account, found, byFunction.get(found.function_arn) ?? []),
    }),
  };
}

/** NULL unless policies and URLs were read, for a closed door may only be one that nobody looked at. */
function isPublic(account: CollectedAccount, found: CollectedFunction, doors: readonly Door[]): boolean | null {
  if (doors.some(({ triggers }) => triggers.some(({ is_public }) => is_public))) return true;
  const read = ['function_policies', 'function_urls'].every((resource) => covered(account, found.region, resource));
  const known = found.kind === 'event_function' && read && !doors.some(({ unclear }) => unclear);
  return known ? false : null;
}

function covered({ coverage }: CollectedAccount, region: string, resource: string): boolean {
  return coverage.some((row) => row.region === region && row.resource === resource && row.status === 'ok');
}

/** Of several URLs the one that asks for less. */
function authType(urls: readonly CollectedFunctionUrl[]): string | null {
  const types = urls.map(({ auth_type }) => auth_type).sort();
  return types.includes('NONE') ? 'NONE' : (types[0] ?? null);
}

const nameOf = (of: { function_arn: string; qualifier: string | null }) => `${of.function_arn}:${of.qualifier ?? ''}`;

function doorsOf(account: CollectedAccount): readonly Door[] {
  const urls = grouped(account.functionUrls, nameOf);
  const policies = grouped(account.functionPolicies, nameOf);
  return [...new Set([...policies.keys(), ...urls.keys()])].map((name) =>
    doorOf(account.accountId, policies.get(name) ?? [], urls.get(name) ?? []),
  );
}

function doorOf(
  accountId: string,
  policies: CollectedAccount['functionPolicies'],
  urls: readonly CollectedFunctionUrl[],
): Door {
  const [given] = policies;
  const document: PolicyDocument | null = given === undefined ? null : parseDocument(given.document, 'resource');
  const access = document === null ? CLOSED : publicAccess(document, urls);
  const ofStatements = document?.statements.map((one) => statementTrigger(accountId, given!, one, access)) ?? [];
  return {
    functionArn: (given ?? urls[0])!.function_arn,
    unclear: document?.statements.some(({ effect }) => effect === 'unknown') ?? false,
    triggers: [...ofStatements, ...urls.map((url) => urlTrigger(accountId, url, access))],
  };
}

const CLOSED = { statements: new Set<number>(), overUrl: false };
