import type { statements } from '../tables/statements.ts';
import type { RowOf } from '../tables/table.ts';
import { isBroadResource, isFullAction, isFullResource, isPartialWildcard, isServiceWildcard } from './breadth.ts';
import { unknownActions } from './granted_actions.ts';
import type { Statement } from './policy.ts';

type StatementRow = RowOf<typeof statements>;

/** Whether a statement allows everything on everything, with or without a Condition, whatever else blocks it. */
export function grantsAdmin(statement: Statement): boolean {
  return (
    statement.effect === 'Allow' && some(statement.actions, isFullAction) && some(statement.resources, isFullResource)
  );
}

/** Rows of table statements for the policy in force. */
export function statementRows(
  policy: Pick<StatementRow, 'account_id' | 'region' | 'policy_id'>,
  found: readonly Statement[],
): StatementRow[] {
  return found.map((statement) => ({
    account_id: policy.account_id,
    region: policy.region,
    policy_id: policy.policy_id,
    position: statement.position,
    sid: statement.sid,
    effect: statement.effect,
    actions: statement.actions,
    not_actions: statement.notActions,
    resources: statement.resources,
    not_resources: statement.notResources,
    condition: statement.conditionText,
    ...wildcards(statement),
    grants_admin: grantsAdmin(statement),
    problem: statement.problem,
    unknown_actions: unknownActions(statement),
  }));
}

function wildcards({ actions, notActions, resources, notResources }: Statement) {
  return {
    has_full_action: some(actions, isFullAction),
    has_service_wildcard: some(actions, isServiceWildcard),
    has_partial_wildcard: some(actions, isPartialWildcard),
    has_full_resource: some(resources, isFullResource),
    has_broad_resource: some(resources, isBroadResource),
    has_not_action: notActions !== null,
    has_not_resource: notResources !== null,
  };
}

function some(texts: readonly string[] | null, holds: (text: string) => boolean): boolean {
  return texts?.some(holds) ?? false;
}
