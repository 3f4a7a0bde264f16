import type { assumeRoleGrants } from '../tables/assume_role_grants.ts';
import type { capabilities } from '../tables/capabilities.ts';
import type { coverage } from '../tables/coverage.ts';
import type { functionTriggers } from '../tables/function_triggers.ts';
import type { functionVersions } from '../tables/function_versions.ts';
import type { functions } from '../tables/functions.ts';
import type { groups } from '../tables/groups.ts';
import type { pathCuts } from '../tables/path_cuts.ts';
import type { policies } from '../tables/policies.ts';
import type { policyAttachments } from '../tables/policy_attachments.ts';
import type { roles } from '../tables/roles.ts';
import type { serviceAccess } from '../tables/service_access.ts';
import type { statements } from '../tables/statements.ts';
import type { RowOf } from '../tables/table.ts';
import type { trustEdges } from '../tables/trust_edges.ts';
import type { users } from '../tables/users.ts';
import type { workloadPaths } from '../tables/workload_paths.ts';
import { adminBy } from './admin.ts';
import { assumeRoleGrantRows } from './assume_role_grants.ts';
import { judgeOf } from './capabilities/judge.ts';
import { permissionsIn } from './capabilities/permissions.ts';
import { capabilityRows } from './capabilities/rows.ts';
import type { CollectedAccount } from './collected.ts';
import { exposureOf } from './exposure.ts';
import { grouped } from './grouped.ts';
import { withNotUnderstood } from './not_understood.ts';
import type { PolicyDocument } from './policy.ts';
import { documentReader, policyReader, type ReadPolicy } from './read_policies.ts';
import { serviceAccessRows } from './service_access.ts';
import { statementRows } from './statements.ts';
import { inventoryOf, subjectsOf, unreadGroups } from './subjects.ts';
import type { Surroundings } from './surroundings.ts';
import { trustEdgeRows } from './trust_edges.ts';
import { trustsLambda } from './trust_policy.ts';
import { pathCutRows } from './workload_paths/cuts.ts';
import { workloadPathRows } from './workload_paths/paths.ts';

/** Rows of every table that is filled per account; a test holds the keys against the declared tables. */
export interface AnalyzedAccount {
  readonly functions: readonly RowOf<typeof functions>[];
  readonly function_versions: readonly RowOf<typeof functionVersions>[];
  readonly function_triggers: readonly RowOf<typeof functionTriggers>[];
  readonly roles: readonly RowOf<typeof roles>[];
  readonly users: readonly RowOf<typeof users>[];
  readonly groups: readonly RowOf<typeof groups>[];
  readonly policies: readonly RowOf<typeof policies>[];
  readonly policy_attachments: readonly RowOf<typeof policyAttachments>[];
  readonly statements: readonly RowOf<typeof statements>[];
  readonly capabilities: readonly RowOf<typeof capabilities>[];
  readonly assume_role_grants: readonly RowOf<typeof assumeRoleGrants>[];
  readonly service_access: readonly RowOf<typeof serviceAccess>[];
  readonly trust_edges: readonly RowOf<typeof trustEdges>[];
  readonly workload_paths: readonly RowOf<typeof workloadPaths>[];
  readonly path_cuts: readonly RowOf<typeof pathCuts>[];
  readonly coverage: readonly RowOf<typeof coverage>[];
}

type Authority = 'capabilities' | 'assume_role_grants' | 'workload_paths' | 'path_cuts';

/** What principals can do, and all the rest: two halves that need not wait for each other. */
export type AuthorityOfAccount = Pick<AnalyzedAccount, Authority>;
export type InventoryOfAccount = Omit<AnalyzedAccount, Authority>;

/** What one account's facts mean. Pure: the same facts give the same rows, in the order they were given. */
export function analyzeAccount(collected: CollectedAccount, surroundings: Surroundings): AnalyzedAccount {
  const read = readAccount(collected, surroundings);
  return { ...inventoryRows(read), ...authorityRows(read) };
}

/** What there is in an account, who is an admin, and what roles are granted and use. */
export const analyzeInventory = (collected: CollectedAccount, surroundings: Surroundings): InventoryOfAccount =>
  inventoryRows(readAccount(collected, surroundings));

/** What principals of an account can do, and whom they can become by way of what runs there. */
export const analyzeAuthority = (collected: CollectedAccount, surroundings: Surroundings): AuthorityOfAccount =>
  authorityRows(readAccount(collected, surroundings));

/** An account with its policies read. */
type ReadAccount = ReturnType<typeof readAccount>;

function readAccount(collected: CollectedAccount, surroundings: Surroundings) {
  const identity = documentReader('identity');
  const policies = collected.policies.map((policy) => ({ policy, document: identity(policy.document) }));
  const readers = { policy: policyReader(policies), trust: documentReader('resource') };
  const roles = collected.roles.map((role) => ({
    ...role,
    trust: role.trust_policy === null ? null : readers.trust(role.trust_policy),
  }));
  return {
    collected,
    surroundings,
    policies,
    readers,
    roles,
    subjects: subjectsOf(collected, readers, surroundings),
    trusts: trustEdgeRows(roles, surroundings),
  };
}

function authorityRows({ collected, surroundings, readers, subjects, trusts }: ReadAccount): AuthorityOfAccount {
  const inventory = inventoryOf(collected, readers);
  const permissions = permissionsIn(inventory);
  const judge = judgeOf(inventory, permissions);
  const judged = subjects.map((subject) => ({ subject, judged: judge(subject) }));
  const paths = workloadPathRows({ collected, inventory, permissions, subjects: judged, trusts, surroundings });
  return {
    capabilities: judged.flatMap((one) => capabilityRows(one.subject, one.judged, surroundings.covered)),
    assume_role_grants: assumeRoleGrantRows(subjects, permissions, trusts, surroundings.covered),
    workload_paths: paths,
    path_cuts: pathCutRows(collected.accountId, paths),
  };
}

function inventoryRows({ collected, policies, roles, subjects, trusts }: ReadAccount): InventoryOfAccount {
  const inForce = policies.filter(({ policy }) => policy.is_default);
  const adminOf = adminsIn(collected, inForce);
  const exposure = exposureOf(collected);
  return {
    functions: collected.functions.map((found) => ({ ...found, ...exposure.of(found) })),
    function_versions: collected.functionVersions,
    function_triggers: exposure.triggers,
    roles: roles.map(({ trust, ...role }) => ({ ...role, ...trustOf(trust), ...adminOf(role.arn) })),
    users: collected.users.map((user) => ({ ...user, ...adminOf(user.arn, unreadGroups(user, collected.groups)) })),
    groups: collected.groups,
    policies: policies.map(policyRow),
    policy_attachments: collected.policyAttachments,
    statements: inForce.flatMap(({ policy, document }) => statementRows(policy, document.statements)),
    service_access: serviceAccessRows(collected.roles, subjects, collected.usages),
    trust_edges: trusts,
    coverage: withNotUnderstood(collected.coverage, policies),
  };
}

function adminsIn({ policyAttachments }: CollectedAccount, inForce: readonly ReadPolicy[]) {
  const byId = new Map(inForce.map(({ policy, document }) => [policy.policy_id, document.statements]));
  const granting = policyAttachments.filter(({ kind }) => kind !== 'boundary');
  const attached = grouped(granting, ({ principal_arn }) => principal_arn);
  return (arn: string, unread: readonly string[] = []) =>
    adminBy([...(attached.get(arn)?.map(({ policy_id }) => policy_id) ?? []), ...unread], (id) => byId.get(id));
}

function policyRow({ policy, document }: ReadPolicy) {
  return { ...policy, document: document.text, document_sha256: document.sha256, problem: document.problem };
}

/** Without a trust policy nobody can tell whom the role trusts. */
function trustOf(trust: PolicyDocument | null) {
  return trust === null ? { trusts_lambda: null } : { trust_policy: trust.text, trusts_lambda: trustsLambda(trust) };
}
