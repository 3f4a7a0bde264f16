import { parseDocument } from './document.ts';
import { grouped } from './grouped.ts';
import type { Levels, NamedPolicy } from './policies.ts';
import type { Surroundings } from './surroundings.ts';

type Row = Surroundings['controlPolicies'][number];

/** Allows everything, as the policy of this name does that AWS attaches everywhere. */
export const FULL_ACCESS: NamedPolicy = {
  id: 'FullAWSAccess',
  document: parseDocument(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    'identity',
  ),
};

/** SCPs and RCPs above an account, from the root down. Page: SCP evaluation. */
export function controlLevels(surroundings: Surroundings): { readonly scps: Levels; readonly rcps: Levels } {
  const { controlPolicies, covered } = surroundings;
  const ofType = (type: string) =>
    levelsOf(
      controlPolicies.filter((row) => row.type === type),
      covered,
    );
  return { scps: ofType('SERVICE_CONTROL_POLICY'), rcps: ofType('RESOURCE_CONTROL_POLICY') };
}

const mayAllow = ({ document }: NamedPolicy): boolean => document.statements.some(({ effect }) => effect !== 'Deny');

/**
 * Where no policy at all allows anything, FullAWSAccess was left out of what was handed over: AWS attaches it
 * everywhere, and without it nothing would work. The same is true of a level that allows nothing where it is known
 * that policies are missing. Page: Strategies for using SCPs, Using SCPs as a deny list.
 */
function levelsOf(rows: readonly Row[], covered: boolean): Levels {
  const levels = [...grouped(rows, ({ level }) => level)]
    .sort(([a], [b]) => a - b)
    .map(([, level]) => level.map(named));
  if (covered && levels.flat().some(mayAllow)) return levels;
  return levels.map((level) => (level.some(mayAllow) ? level : [FULL_ACCESS, ...level]));
}

function named({ policy_id, document }: Row): NamedPolicy {
  return { id: policy_id, document: parseDocument(document, 'identity') };
}
