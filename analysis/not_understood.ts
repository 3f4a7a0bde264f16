import type { CollectedAccount } from './collected.ts';
import type { ReadPolicy } from './read_policies.ts';

/**
 * Coverage, with the policies in force that hold a statement which nobody can understand: what they allow is unknown,
 * so the policies of the account were not read, whatever the listing said.
 */
export function withNotUnderstood(
  coverage: CollectedAccount['coverage'],
  read: readonly ReadPolicy[],
): CollectedAccount['coverage'] {
  const inForce = read.filter(({ policy }) => policy.is_default);
  const unclear = inForce.filter(({ document }) => document.statements.some(({ effect }) => effect === 'unknown'));
  const [first] = unclear;
  if (first === undefined) return coverage;
  const others = unclear.length > 1 ? `, and ${unclear.length - 1} more` : '';
  const message = `policy ${first.policy.policy_id} cannot be understood: ${first.document.problem}${others}`;
  return coverage.map((row) =>
    row.resource === 'policies' && row.status === 'ok'
      ? { ...row, status: 'error', error_code: 'MalformedPolicyDocument', message, rows: 0 }
      : row,
  );
}
