import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Configuration } from './configuration.ts';
import type { HandlerName } from './handler_names.ts';

export const databases = { published: 'rolecall', staging: 'rolecall_staging' } as const;

/** Workgroups of Athena; each keeps its results below its own prefix. */
export const workgroups = {
  analyst: 'rolecall',
  dashboard: 'rolecall-dashboard',
  pipeline: 'rolecall-pipeline',
} as const;
export type WorkgroupUser = keyof typeof workgroups;

/**
 * Names and ARNs of everything that another part refers to. They are fixed, so that a policy names what it means, the stacks need no
 * exports, and a lake that was kept is found again.
 */
export function namesOf({ hub: { account, region } }: Configuration) {
  const partition = RegionInfo.get(region).partition ?? 'aws';
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const role = (name: string): string => `arn:${partition}:iam::${account}:role/rolecall-${name}`;
  const bucket = (use: string) => {
    const name = `rolecall-${use}-${account}-${region}`;
    return { name, arn: `arn:${partition}:s3:::${name}` };
  };
  return {
    partition,
    lake: bucket('lake'),
    results: bucket('results'),
    accessLogs: bucket('access-logs'),
    role,
    handlerArn: (name: HandlerName): string => arn('lambda', `function:rolecall-${name}`),
    handlerLog: (name: HandlerName): string => `/aws/lambda/rolecall-${name}`,
    machineArn: arn('states', 'stateMachine:rolecall'),
    runsArn: arn('states', 'execution:rolecall:*'),
    machineLog: '/aws/vendedlogs/states/rolecall',
    topicArn: arn('sns', 'rolecall'),
    arn,
  };
}

export type Names = ReturnType<typeof namesOf>;
