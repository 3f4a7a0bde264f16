import type { functionTriggers } from '../tables/function_triggers.ts';
import type { RowOf } from '../tables/table.ts';
import type { CollectedEventSource, CollectedFunctionPolicy, CollectedFunctionUrl } from './collected.ts';
import type { Condition, Principal, Statement } from './policy.ts';
import type { PublicAccess } from './public_access.ts';

export type TriggerRow = RowOf<typeof functionTriggers>;

/** A row for a statement of a function's policy. */
export function statementTrigger(
  accountId: string,
  policy: CollectedFunctionPolicy,
  statement: Statement,
  access: PublicAccess,
): TriggerRow {
  const isPublic = access.statements.has(statement.position);
  return {
    ...place(accountId, policy),
    statement_id: statement.sid,
    kind: 'resource_policy',
    effect: statement.effect,
    actions: statement.actions ?? statement.notActions ?? [],
    principal: principalText(statement),
    source: oneOrList(sourcesOf(statement)),
    condition: statement.conditionText,
    is_public: isPublic,
    is_cross_account: isPublic || letsOtherAccountIn(statement, accountId),
  };
}

/** A row for a function URL. */
export function urlTrigger(accountId: string, url: CollectedFunctionUrl, access: PublicAccess): TriggerRow {
  return {
    ...place(accountId, url),
    statement_id: null,
    kind: 'function_url',
    effect: 'Allow',
    actions: ['lambda:InvokeFunctionUrl'],
    principal: url.auth_type,
    source: null,
    condition: null,
    is_public: access.overUrl,
    is_cross_account: access.overUrl,
  };
}

/** A row for an event source mapping: Lambda polls the source with the function's own role. */
export function eventSourceTrigger(accountId: string, mapping: CollectedEventSource): TriggerRow {
  const account = accountIn(mapping.event_source_arn ?? '');
  return {
    ...place(accountId, mapping),
    statement_id: mapping.uuid,
    kind: 'event_source_mapping',
    effect: 'Allow',
    actions: [],
    principal: null,
    source: mapping.event_source_arn,
    condition: null,
    is_public: false,
    is_cross_account: account !== null && account !== accountId,
  };
}

function place(accountId: string, of: { region: string; function_arn: string; qualifier: string | null }) {
  return { account_id: accountId, region: of.region, function_arn: of.function_arn, qualifier: of.qualifier };
}

function principalText({ principals, notPrincipals }: Statement): string | null {
  if (notPrincipals !== null) return `all but ${oneOrList(notPrincipals.map(({ value }) => value))}`;
  return oneOrList(principals?.map(({ value }) => value) ?? []);
}

function oneOrList(values: readonly string[]): string | null {
  if (values.length === 0) return null;
  return values.length === 1 ? values[0]! : JSON.stringify(values);
}

const SOURCE_KEYS = ['aws:sourcearn', 'aws:sourceaccount'];

/** Values of the first key that names a source. */
function sourcesOf({ conditions }: Statement): readonly string[] {
  for (const key of SOURCE_KEYS) {
    const values = conditions.filter((one) => one.key.toLowerCase() === key).flatMap((one) => one.values);
    if (values.length > 0) return values;
  }
  return [];
}

/**
 * Whether an Allow names somebody of another account: as principal, as the account a service acts for, or as
 * anybody (`*`) without pinning them to this account.
 */
function letsOtherAccountIn(statement: Statement, accountId: string): boolean {
  if (statement.effect !== 'Allow') return false;
  if (statement.notPrincipals !== null) return true;
  const pinned = accountsIn(statement.conditions);
  if (pinned.some((account) => account !== accountId)) return true;
  return (statement.principals ?? []).some((one) => isOther(one, accountId, pinned.length > 0));
}

function isOther({ kind, value }: Principal, accountId: string, pinned: boolean): boolean {
  if (kind !== 'aws') return kind === 'canonical';
  if (value === '*') return !pinned;
  return (accountIn(value) ?? accountId) !== accountId;
}

const ACCOUNT_KEYS = [
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceowner',
];

/** Accounts that conditions ask for; negated ones ask for nobody. */
function accountsIn(conditions: readonly Condition[]): readonly string[] {
  return conditions
    .filter(({ operator, key }) => ACCOUNT_KEYS.includes(key.toLowerCase()) && !/not|null|ifexists/i.test(operator))
    .flatMap(({ values }) => values.flatMap((value) => accountIn(value) ?? []));
}

/** The account that an ARN or a bare id names; null when it names none (services, buckets, unique ids). */
function accountIn(value: string): string | null {
  if (/^\d{12}$/.test(value)) return value;
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1] ?? null;
}
