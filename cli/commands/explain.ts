import { Command, Option } from 'commander';
import { mayDo } from '../../analysis/principal.ts';
import type { Asked } from '../../analysis/simulate.ts';
import { UsageError } from '../../errors.ts';
import { type Newest, newest } from '../../pipeline/replay.ts';
import { capabilities } from '../../tables/capabilities.ts';
import { workloadPaths } from '../../tables/workload_paths.ts';
import { printDecision } from '../decision.ts';
import { withSnapshots } from '../edges.ts';
import { printExplained } from '../explained.ts';
import { contextArgument, lakeOption } from '../options.ts';
import { message } from '../output.ts';
import { accountOf, principalIn } from '../principal.ts';

interface Options {
  readonly lake: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context: Record<string, readonly string[]>;
  readonly format: 'table' | 'json';
}

export const explain = new Command('explain')
  .description('what a role or user can do and through which workloads; with --action and --resource, whether it may')
  .argument('<principal>', 'ARN of a role or user in the latest snapshot')
  .option('--action <action>', 'such as s3:GetObject; asks for one decision, and needs --resource')
  .option('--resource <arn>', 'ARN, or `*` for an action that names no resource')
  .option('--context <key=value>', 'condition key of the request, repeatable', contextArgument, {})
  .addOption(lakeOption())
  .addOption(new Option('--format <format>', 'how it is printed').choices(['table', 'json']).default('table'))
  .action(async (principal: string, options: Options) => {
    accountOf(principal);
    const asked = askedIn(options);
    await withSnapshots(options.lake, async (edges) => {
      const snapshot = await newest(edges);
      message(`${principal} in the snapshot of ${snapshot.date}`);
      if (asked === null) return explainAll(snapshot, principal, options.format);
      return decide(snapshot, principal, asked, options.format);
    });
  });

function askedIn({ action, resource, context }: Options): Asked | null {
  if (action !== undefined && resource !== undefined) return { action, resource, context };
  if (action === undefined && resource === undefined) return null;
  throw new UsageError('--action and --resource belong together: give both, or none to see all that it can do.');
}

async function explainAll(snapshot: Newest, principal: string, format: Options['format']): Promise<void> {
  const { subject } = await principalIn(snapshot, principal);
  const own = { account_id: [subject.requester.accountId], principal_arn: [principal] };
  printExplained(await snapshot.read(capabilities, own), await snapshot.read(workloadPaths, own), format);
}

async function decide(snapshot: Newest, principal: string, asked: Asked, format: Options['format']): Promise<void> {
  const { subject, surroundings } = await principalIn(snapshot, principal);
  const since = new Date(`${snapshot.date}T00:00:00Z`);
  printDecision({ ...mayDo(subject, surroundings, asked, since), problems: [] }, 'policy', format);
}
