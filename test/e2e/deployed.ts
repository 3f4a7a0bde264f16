import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GlueClient } from '@aws-sdk/client-glue';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Configuration } from '../../infra/configuration.ts';
import { type Names, namesOf } from '../../infra/names.ts';
import type { AthenaApi } from './athena_api.ts';
import { startAthena } from './athena_facade.ts';
import { fillFromDemo } from './demo_account.ts';
import { deployStacks } from './deployed_stacks.ts';
import { exposeGlue } from './glue_in_trino.ts';
import { createOrganization, externalId, homeRegion, type LiveOrganization, rootKeys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';
import { trinoClient } from './trino_client.ts';

/** How an execution of the state machine ended. */
export interface Execution {
  readonly arn: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly output: string | undefined;
}

export interface ExecutionInput {
  readonly date?: string;
  readonly run_id?: string;
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
}

/** The deployed rolecall with an organization to read. */
export interface Deployed {
  readonly organization: LiveOrganization;
  readonly names: Names;
  /** Clients with the keys of the hub's root, and Athena in front of Trino. */
  readonly s3: S3Client;
  readonly glue: GlueClient;
  readonly athena: AthenaApi;
  /** Starts the state machine. Returns the ARN of the execution. */
  start(input: ExecutionInput): Promise<string>;
  /** Waits for its end. */
  ended(arn: string): Promise<Execution>;
  stop(): Promise<void>;
}

async function configurationOf(options: object): Promise<Configuration> {
  const { Organization } = await new OrganizationsClient(options).send(new DescribeOrganizationCommand({}));
  return {
    organization: Organization!.Id!,
    hub: { account: hubAccount, region: homeRegion },
    organizationalUnits: ['r-ab12'],
    regions: [homeRegion],
    externalId,
    schedule: { day: 'MON', time: '05:00', timezone: 'UTC' },
    mailTo: 'security@example.com',
    leastCoverage: 95,
    scanLimit: 10,
    people: { analysts: [hubAccount], dashboards: [hubAccount], publishers: [] },
  };
}

/** An execution has ended when it no longer runs; the emulator tells nobody. */
async function ended(sfn: SFNClient, executionArn: string): Promise<Execution> {
  for (;;) {
    const { status, error, cause, output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return { arn: executionArn, status: status!, error, cause, output };
    await sleep(100);
  }
}

async function start(sfn: SFNClient, names: Names, input: ExecutionInput): Promise<string> {
  const asked = { stateMachineArn: names.machineArn, input: JSON.stringify(input) };
  return (await sfn.send(new StartExecutionCommand(asked))).executionArn!;
}

/**
 * Makes an organization of a management account and six members in the emulator, one of them with what an account of the demo has, and
 * deploys the real templates to it.
 * @param endpoint of a running emulator that knows nothing yet
 * @param trino URL of a running Trino, which stands in for Athena's engine
 */
export async function deploy(endpoint: string, trino: string): Promise<Deployed> {
  const options = { endpoint, region: homeRegion, credentials: rootKeys(hubAccount) };
  const organization = await createOrganization(endpoint);
  const { lab } = organization.accounts;
  await fillFromDemo(endpoint, rootKeys(lab), lab, 'storefront-production');
  const configuration = await configurationOf(options);
  const catalog = await exposeGlue(trinoClient(trino), endpoint);
  const athena = await startAthena(trino, catalog);
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-deployed-'));
  try {
    await deployStacks(endpoint, folder, configuration, { AWS_ENDPOINT_URL_ATHENA: athena.endpoint });
  } catch (error) {
    await athena.stop();
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
  const names = namesOf(configuration);
  const sfn = new SFNClient(options);
  return {
    organization,
    names,
    s3: new S3Client(options),
    glue: new GlueClient(options),
    athena,
    start: (input) => start(sfn, names, input),
    ended: (arn) => ended(sfn, arn),
    stop: () => athena.stop(),
  };
}
