import { Command, Option } from 'commander';
import { mayDo, subjectOf } from '../../analysis/principal.ts';
import { requesterOf } from '../../analysis/requester.ts';
import type { Asked } from '../../analysis/simulate.ts';
import { UsageError } from '../../errors.ts';
import { type Newest, newest, replay } from '../../pipeline/replay.ts';
import { capabilities } from '../../tables/capabilities.ts';
import { workloadPaths } from '../../tables/workload_paths.ts';
import { printDecision } from '../decision.ts';
import { withSnapshots } from '../edges.ts';
import { printExplained } from '../explained.ts';
import { contextArgument, lakeOption } from '../options.ts';
import { message } from '../output.ts';

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
    const accountId = accountOf(principal);
    const asked = askedIn(options);
    await withSnapshots(options.lake, async (edges) => {
      const snapshot = await newest(edges);
      message(`${principal} in the snapshot of ${snapshot.date}`);
      if (asked === null) return explainAll(snapshot, principal, accountId, options.format);
      return decide(snapshot, principal, accountId, asked, options.format);
    });
  });

/** @throws UsageError when the ARN is no role's and no user's */
function accountOf(principal: string): string {
  const requester = requesterOf(principal);
  if (requester !== null && requester.arn === principal && ['role', 'user'].includes(requester.kind))
    return requester.accountId;
  throw new UsageError(
    `Principal \`${principal}\` is no ARN of a role or user; give one such as arn:aws:iam::111122223333:role/name.`,
  );
}

function askedIn({ action, resource, context }: Options): Asked | null {
  if (action !== undefined && resource !== undefined) return { action, resource, context };
  if (action === undefined && resource === undefined) return null;
  throw new UsageError('--action and --resource belong together: give both, or none to see all that it can do.');
}

async function explainAll(snapshot: Newest, principal: string, accountId: string, format: Options['format']) {
  const own = { account_id: [accountId], principal_arn: [principal] };
  await subjectIn(snapshot, principal, accountId);
  printExplained(await snapshot.read(capabilities, own), await snapshot.read(workloadPaths, own), format);
}

async function decide(
  snapshot: Newest,
  principal: string,
  accountId: string,
  asked: Asked,
  format: Options['format'],
): Promise<void> {
  const { subject, surroundings } = await subjectIn(snapshot, principal, accountId);
  const since = new Date(`${snapshot.date}T00:00:00Z`);
  printDecision({ ...mayDo(subject, surroundings, asked, since), problems: [] }, 'policy', format);
}

/** @throws UsageError when the snapshot has no such principal, saying whether its account was read */
async function subjectIn(snapshot: Newest, principal: string, accountId: string) {
  const { collected, surroundings } = await replay(snapshot, accountId);
  const subject = subjectOf(collected, surroundings, principal);
  if (subject !== undefined) return { subject, surroundings };
  const isRead = collected.coverage.some(({ resource, status }) => resource === 'roles' && status === 'ok');
  const why = isRead
    ? `account ${accountId} was read and has no such role or user (see \`rolecall sql "select arn from roles_latest"\`)`
    : `the roles of account ${accountId} were not read (see \`rolecall query coverage_gaps\`)`;
  throw new UsageError(`${principal} is not in the snapshot of ${snapshot.date}: ${why}.`);
}
