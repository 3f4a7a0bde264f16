import { Command, Option } from 'commander';
import { type Simulated, simulate as simulated } from '../../analysis/simulate.ts';
import { printDecision } from '../decision.ts';
import { contextArgument } from '../options.ts';
import { readPolicy } from '../policy_file.ts';

interface Options {
  readonly policy: readonly string[];
  readonly boundary?: string;
  readonly sessionPolicy?: string;
  readonly scp: readonly string[];
  readonly resourcePolicy?: string;
  readonly principal?: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Record<string, readonly string[]>;
  readonly format: 'table' | 'json';
}

export const simulate = new Command('simulate')
  .description('decide one request by policy files alone, without AWS and without a lake')
  .requiredOption('--policy <files...>', 'policies of the principal')
  .option('--boundary <file>', 'permissions boundary')
  .option('--session-policy <file>', 'session policy')
  .option('--scp <files...>', 'service control policies, one a level, from the root down', [])
  .option('--resource-policy <file>', "the resource's own policy; without it, what hangs on it stays open")
  .option('--principal <arn>', 'user, role or session that asks; without it, what hangs on who asks stays open')
  .requiredOption('--action <action>', 'such as s3:GetObject')
  .requiredOption('--resource <arn>', 'ARN, or `*` for an action that names no resource')
  .option(
    '--context <key=value>',
    'condition key of the request, repeatable; a key not given is unknown',
    contextArgument,
    {},
  )
  .addOption(new Option('--format <format>', 'how the decision is printed').choices(['table', 'json']).default('table'))
  .action((options: Options) => printDecision(decided(options), 'file', options.format));

function decided({ policy, boundary, sessionPolicy, scp, resourcePolicy, principal, ...asked }: Options): Simulated {
  const optional = (file: string | undefined) => (file === undefined ? null : readPolicy(file));
  return simulated({
    policies: policy.map(readPolicy),
    boundary: optional(boundary),
    session: optional(sessionPolicy),
    scps: scp.map(readPolicy),
    resourcePolicy: optional(resourcePolicy),
    principal: principal ?? null,
    action: asked.action,
    resource: asked.resource,
    context: asked.context,
    since: null,
  });
}
