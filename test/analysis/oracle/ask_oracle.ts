import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Said } from '../given_policies.ts';
import type { RandomCase } from './random_case.ts';

const policyOf = (name: string, said: readonly Said[]) => ({
  name,
  policy: { Version: '2012-10-17', Statement: said },
});
const levelsOf = (levels: readonly (readonly Said[])[]) =>
  levels.map((said, depth) => ({ orgIdentifier: `ou-${depth}`, policies: [policyOf(`level ${depth}`, said)] }));

/**
 * What an independent simulator says to a request.
 * @throws when it takes the input for invalid, so that nothing is passed over
 */
export async function askOracle(given: RandomCase): Promise<'allowed' | 'denied'> {
  const known = Object.entries(given.context).filter(([, value]) => value !== null);
  const found = await runSimulation(
    {
      request: {
        principal: given.principal,
        action: given.action,
        resource: { resource: given.resource, accountId: given.resourceAccount },
        contextVariables: Object.fromEntries(known) as Record<string, string | string[]>,
      },
      identityPolicies: [policyOf('identity', given.identity)],
      serviceControlPolicies: levelsOf(given.scps),
      resourceControlPolicies: levelsOf(given.rcps),
      ...(given.sessionPolicy && { sessionPolicy: policyOf('session', given.sessionPolicy).policy }),
      ...(given.boundary && { permissionBoundaryPolicies: [policyOf('boundary', given.boundary)] }),
      ...(given.resourcePolicy && { resourcePolicy: policyOf('resource', given.resourcePolicy).policy }),
    },
    {},
  );
  if (found.resultType === 'error') throw new Error(JSON.stringify(found.errors));
  return found.overallResult === 'Allowed' ? 'allowed' : 'denied';
}
