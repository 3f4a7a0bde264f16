import { setTimeout as sleep } from 'node:timers/promises';
import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { collectorRoleName } from '../../stacksets/collector_role.ts';
import type { Deployed, Execution, ExecutionInput } from './deployed.ts';
import { type DeployedLake, writtenBy } from './deployed_lake.ts';
import { clientsOf, emptyZip, homeRegion, rootKeys, shopFunctions } from './live_organization.ts';
import { hubAccount } from './ministack.ts';

/** What happens to the organization and to its runs between the weeks. */

/** Replaces a text in the trust policy of an account's collector role. */
async function changeTrust(
  { endpoint }: Deployed['organization'],
  id: string,
  from: string,
  to: string,
): Promise<void> {
  const { iam } = clientsOf(endpoint, rootKeys(id));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: collectorRoleName }));
  const trust = decodeURIComponent(Role!.AssumeRolePolicyDocument!).replaceAll(from, to);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: collectorRoleName, PolicyDocument: trust }));
}

/** From now on the account refuses the collector. */
export const lose = ({ organization }: Deployed, id: string, externalId: string): Promise<void> =>
  changeTrust(organization, id, externalId, `not-${externalId}`);

export const regain = ({ organization }: Deployed, id: string, externalId: string): Promise<void> =>
  changeTrust(organization, id, `not-${externalId}`, externalId);

/** Adds a function to `shop`, with the role of the others. */
export async function addFunction({ organization }: Deployed, FunctionName: string): Promise<void> {
  const { lambda } = clientsOf(organization.endpoint, rootKeys(organization.accounts.shop));
  const { Role } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: shopFunctions[0] }));
  const Code = { ZipFile: emptyZip };
  await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Code, Runtime: 'nodejs22.x', Handler: 'a.b' }));
}

/** An execution to its end. @throws Error with what the state machine says when it fails */
export async function succeeded(deployed: Deployed, input: ExecutionInput): Promise<Execution> {
  const execution = await deployed.ended(await deployed.start(input));
  if (execution.status !== 'SUCCEEDED') throw new Error(`${execution.status}: ${execution.error} ${execution.cause}`);
  return execution;
}

/** An execution that somebody stops when its Map has read the first accounts. */
export async function stoppedInMap(
  deployed: Deployed,
  lake: DeployedLake,
  input: ExecutionInput & { readonly run_id: string },
): Promise<Execution> {
  const executionArn = await deployed.start(input);
  while ((await writtenBy(lake, input.run_id)).length === 0) await sleep(20);
  const { endpoint } = deployed.organization;
  const sfn = new SFNClient({ endpoint, region: homeRegion, credentials: rootKeys(hubAccount) });
  await sfn.send(new StopExecutionCommand({ executionArn }));
  return deployed.ended(executionArn);
}
