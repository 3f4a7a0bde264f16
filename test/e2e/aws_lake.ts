import { AthenaClient } from '@aws-sdk/client-athena';
import { type AthenaOptions, athena } from '../../queries/athena.ts';
import { athenaPatience } from '../../queries/athena_execution.ts';
import type { Engine } from '../../queries/engine.ts';
import type { AthenaApi } from './athena_api.ts';
import { startAthena } from './athena_facade.ts';
import { exposeGlue } from './glue_in_trino.ts';
import { newGlueLake } from './glue_lake.ts';
import { homeRegion, rootKeys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';
import { trinoClient } from './trino_client.ts';

/** A lake in S3 and Glue, with Athena over it. */
export async function startAwsLake(emulator: string, trino: string) {
  const made = await newGlueLake(emulator);
  const { lake, database, staging } = made;
  const api = await startAthena(trino, await exposeGlue(trinoClient(trino), emulator));
  const client = athenaClient(api);
  const engine = (options: Partial<AthenaOptions> = {}): Engine =>
    athena({ client, lake, workgroup: 'rolecall', database, staging, ...options });
  return { ...made, athena: api, engine };
}

export type AwsLake = Awaited<ReturnType<typeof startAwsLake>>;

export const athenaClient = ({ endpoint }: AthenaApi): AthenaClient =>
  new AthenaClient({ endpoint, region: homeRegion, credentials: rootKeys(hubAccount), ...athenaPatience });
