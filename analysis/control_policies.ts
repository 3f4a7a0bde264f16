import { parseDocument } from './document.ts';
import { grouped } from './grouped.ts';
import type { Levels, NamedPolicy } from './policies.ts';
import type { Surroundings } from './surroundings.ts';

type Row = Surroundings['controlPolicies'][number];

const FULL_ACCESS: NamedPolicy = {
  id: 'FullAWSAccess',
  document: parseDocument(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    'identity',
  ),
};

/** SCPs and RCPs above an account, from the root down. Page: SCP evaluation. */
export function controlLevels({ controlPolicies }: Surroundings): { readonly scps: Levels; readonly rcps: Levels } {
  const ofType = (type: string) => levelsOf(controlPolicies.filter((row) => row.type === type));
  return { scps: ofType('SERVICE_CONTROL_POLICY'), rcps: ofType('RESOURCE_CONTROL_POLICY') };
}

/**
 * Where no policy at all allows anything, FullAWSAccess was left out of what was handed over: AWS attaches it
 * everywhere, and without it nothing would work. Page: Strategies for using SCPs, Using SCPs as a deny list.
 */
function levelsOf(rows: readonly Row[]): Levels {
  const levels = [...grouped(rows, ({ level }) => level)]
    .sort(([a], [b]) => a - b)
    .map(([, level]) => level.map(named));
  const isComplete = levels.flat().some(({ document }) => document.statements.some(({ effect }) => effect !== 'Deny'));
  return isComplete ? levels : levels.map((level) => [FULL_ACCESS, ...level]);
}

function named({ policy_id, document }: Row): NamedPolicy {
  return { id: policy_id, document: parseDocument(document, 'identity') };
}
