import './quiet_sdk.ts';
import { STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { type Command, Option } from 'commander';
import type { LiveOptions } from '../collectors/live/source.ts';
import { collectorRoleName } from '../stacksets/collector_role.ts';

const defaultRegion = 'us-east-1';

/** Options of commands that call AWS. */
export interface LiveFlags {
  readonly profile?: string;
  readonly singleAccount?: boolean;
  readonly roleName: string;
  readonly externalId?: string;
}

export const withLiveFlags = (command: Command): Command =>
  command
    .option('--profile <name>', 'profile of the AWS configuration that calls; default: the usual chain of the AWS SDK')
    .option('--single-account', 'the account of the caller alone, with the rights of the caller')
    .option('--role-name <name>', 'role that is assumed in every account', collectorRoleName)
    .addOption(new Option('--external-id <id>', 'external id that the role asks for').env('ROLECALL_EXTERNAL_ID'));

/** Region of the environment or the profile, as the SDK finds it. */
async function homeRegionOf(profile: string | undefined): Promise<string> {
  const sts = new STSClient(profile === undefined ? {} : { profile });
  return sts.config.region().catch(() => defaultRegion);
}

/** Who calls AWS and which role it assumes, as the command line says. */
export async function liveOptions({ profile, singleAccount, roleName, externalId }: LiveFlags): Promise<LiveOptions> {
  const homeRegion = await homeRegionOf(profile);
  const chosen = profile === undefined ? {} : { profile };
  return {
    caller: fromNodeProviderChain({ ...chosen, clientConfig: { region: homeRegion } }),
    homeRegion,
    roleName: singleAccount ? null : roleName,
    externalId,
  };
}
