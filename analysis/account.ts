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
import { judgeOf } from './capabilities/judge.ts';
import { permissionsIn } from './capabilities/permissions.ts';
import { capabilityRows } from './capabilities/rows.ts';
import type { CollectedAccount } from './collected.ts';
import { exposureOf } from './exposure.ts';
import { grouped } from './grouped.ts';
import type { PolicyDocument } from './policy.ts';
import { documentReader, policyReader, type ReadPolicy } from './read_policies.ts';
import { serviceAccessRows } from './service_access.ts';
import { statementRows } from './statements.ts';
import { inventoryOf, subjectsOf } from './subjects.ts';
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
  readonly service_access: readonly RowOf<typeof serviceAccess>[];
  readonly trust_edges: readonly RowOf<typeof trustEdges>[];
  readonly workload_paths: readonly RowOf<typeof workloadPaths>[];
  readonly path_cuts: readonly RowOf<typeof pathCuts>[];
  readonly coverage: readonly RowOf<typeof coverage>[];
}

/** What one account's facts mean. Pure: the same facts give the same rows, in the order they were given. */
export function analyzeAccount(collected: CollectedAccount, surroundings: Surroundings): AnalyzedAccount {
  const identity = documentReader('identity');
  const read = collected.policies.map((policy) => ({ policy, document: identity(policy.document) }));
  const readers = { policy: policyReader(read), trust: documentReader('resource') };
  const inventory = inventoryOf(collected, readers);
  const permissions = permissionsIn(inventory);
  const judge = judgeOf(inventory, permissions);
  const subjects = subjectsOf(collected, readers, surroundings);
  const judged = subjects.map((subject) => ({ subject, judged: judge(subject) }));
  const inForce = read.filter(({ policy }) => policy.is_default);
  const byId = new Map(inForce.map(({ policy, document }) => [policy.policy_id, document.statements]));
  const granting = collected.policyAttachments.filter(({ kind }) => kind !== 'boundary');
  const attached = grouped(granting, ({ principal_arn }) => principal_arn);
  const adminOf = (arn: string) =>
    adminBy(attached.get(arn)?.map(({ policy_id }) => policy_id) ?? [], (id) => byId.get(id));
  const exposure = exposureOf(collected);
  const trusting = collected.roles.map((role) => ({
    ...role,
    trust: role.trust_policy === null ? null : readers.trust(role.trust_policy),
  }));
  const trusts = trustEdgeRows(trusting, surroundings);
  const paths = workloadPathRows({ collected, inventory, permissions, subjects: judged, trusts, surroundings });
  return {
    functions: collected.functions.map((found) => ({ ...found, ...exposure.of(found) })),
    function_versions: collected.functionVersions,
    function_triggers: exposure.triggers,
    roles: trusting.map(({ trust, ...role }) => ({ ...role, ...trustOf(trust), ...adminOf(role.arn) })),
    users: collected.users.map((user) => ({ ...user, ...adminOf(user.arn) })),
    groups: collected.groups,
    policies: read.map(policyRow),
    policy_attachments: collected.policyAttachments,
    statements: inForce.flatMap(({ policy, document }) => statementRows(policy, document.statements)),
    capabilities: judged.flatMap((one) => capabilityRows(one.subject, one.judged, surroundings.covered)),
    service_access: serviceAccessRows(collected.roles, subjects, collected.usages),
    trust_edges: trusts,
    workload_paths: paths,
    path_cuts: pathCutRows(collected.accountId, paths),
    coverage: collected.coverage,
  };
}

function policyRow({ policy, document }: ReadPolicy) {
  return { ...policy, document: document.text, document_sha256: document.sha256, problem: document.problem };
}

/** Without a trust policy nobody can tell whom the role trusts. */
function trustOf(trust: PolicyDocument | null) {
  return trust === null ? { trusts_lambda: null } : { trust_policy: trust.text, trusts_lambda: trustsLambda(trust) };
}
