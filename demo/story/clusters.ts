import type { LambdaFunction, Organization, Tags } from '../organization/model.ts';
import type { PartOfRow } from './chapter.ts';

/** What is to be seen of a role by all functions that run as it, read off the organization itself. */
export function clusterOf(standing: Organization, roleArn: string): PartOfRow & { function_count: number } {
  const running = functionsOf(standing, roleArn);
  return {
    role_arn: roleArn,
    account_id: roleArn.split(':')[4],
    function_count: running.length,
    region_count: new Set(running.map((each) => each.region)).size,
    unrelated_groups: new Set(running.map(groupOf)).size,
  };
}

export const functionsOf = (standing: Organization, roleArn: string): readonly LambdaFunction[] =>
  standing.accounts.flatMap((account) => account.functions).filter((each) => each.role === roleArn);

/** Functions belong together by application tag, else team tag, else name up to the first `-` or `_`. */
const groupOf = (of: LambdaFunction): string =>
  (tagged(of.tags, applicationKeys) ?? tagged(of.tags, teamKeys) ?? (of.name.split(/[-_]/)[0] as string)).toLowerCase();

const applicationKeys = ['application', 'app', 'service', 'project'];
const teamKeys = ['team', 'owner', 'owner-team', 'squad'];

function tagged(tags: Tags, keys: readonly string[]): string | undefined {
  return Object.entries(tags).find(([key]) => keys.includes(key.toLowerCase()))?.[1];
}
