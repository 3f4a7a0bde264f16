import { Command } from 'commander';
import pLimit from 'p-limit';
import { collectAccount } from '../../collectors/account.ts';
import type { Listing } from '../../collectors/listing.ts';
import { liveSource } from '../../collectors/live/source.ts';
import { trial } from '../../collectors/live/trial.ts';
import { allListings } from '../../collectors/resources/all.generated.ts';
import type { CoverageRow, Source } from '../../collectors/source.ts';
import { planRun } from '../../pipeline/plan.ts';
import type { Format } from '../../report/result.ts';
import { interruptible } from '../interrupt.ts';
import { type LiveFlags, liveOptions, withLiveFlags } from '../live_options.ts';
import { formatOption, listArgument } from '../options.ts';
import { message, printResult } from '../output.ts';

interface Options extends LiveFlags {
  readonly format: Format;
  readonly accounts: string[];
  readonly regions: string[];
}

const accountsAtATime = 8;

const columns = [
  { name: 'account_id', type: 'varchar' },
  { name: 'region', type: 'varchar' },
  { name: 'resources', type: 'array(varchar)' },
  { name: 'status', type: 'varchar' },
  { name: 'problem', type: 'varchar' },
  { name: 'mend', type: 'varchar' },
] as const;

/** What to do about a status of coverage. */
const mends: Readonly<Record<string, string>> = {
  role_missing:
    'Deploy stacksets/collector-role.json there (the management account needs a stack of its own); give the ExternalId of the stack, and name the caller in its OperatorPrincipalArns',
  denied:
    'Update the stack from stacksets/collector-role.json; where a control policy denies it, exempt the role. For the organization: call from the management account or a delegated administrator',
  account_inactive: 'Nothing: an account that is not active cannot be read',
  region_disabled: 'Nothing: a region that is not enabled has no functions',
  throttled: 'Run again later',
};

/** Rows of one account with the same reason, as one. */
function problemsOf(coverage: readonly CoverageRow[]) {
  const problems = coverage.filter(({ status }) => status !== 'ok');
  const reasons = new Map(problems.map((row) => [`${row.account_id} ${row.status} ${row.message}`, row]));
  return [...reasons.values()].map(({ account_id, region, status, message: problem }) => ({
    account_id,
    region,
    resources: problems
      .filter((row) => row.account_id === account_id && row.status === status && row.message === problem)
      .map(({ resource }) => resource),
    status,
    problem,
    mend: mends[status] ?? 'See the problem',
  }));
}

const listings = allListings as readonly Listing[];
/** That live reading does not ask for something is no problem of an account. */
const unasked: readonly string[] = listings
  .filter(({ actions }) => actions.length === 0)
  .flatMap((one) => one.resources);

/** Coverage of the organization and of every account, as far as first answers tell. */
async function tryEverything(source: Source, options: Options, region: string, signal: AbortSignal) {
  const regions = options.regions.length > 0 ? options.regions : [region];
  const plan = await planRun(source, { accounts: options.accounts, regions }, signal);
  const asked = plan.accounts.filter(
    ({ account_id }) => options.accounts.length === 0 || options.accounts.includes(account_id),
  );
  const limit = pLimit(accountsAtATime);
  const tried = asked.map((account) => limit(() => collectAccount(source, account, regions, signal)));
  const accounts = (await Promise.all(tried)).map(({ coverage }) =>
    coverage.filter(({ resource }) => !unasked.includes(resource)),
  );
  const fine = accounts.filter((coverage) => coverage.every(({ status }) => status === 'ok'));
  message(`${fine.length} of ${accounts.length} accounts can be read in full in ${regions.join(', ')}.`);
  return [...plan.coverage, ...accounts.flat()];
}

export const doctor = withLiveFlags(
  new Command('doctor')
    .description('try what a snapshot would read from AWS, and say what would be missing and how to mend it')
    .addOption(formatOption()),
)
  .option('--accounts <ids>', 'only these accounts, separated by commas', listArgument, [])
  .option('--regions <names>', 'try these regions, separated by commas; default: the home region', listArgument, [])
  .action(async (options: Options) => {
    const live = await liveOptions(options);
    await interruptible(async (signal) => {
      const coverage = await tryEverything(trial(liveSource(live)), options, live.homeRegion, signal);
      printResult({ columns, rows: problemsOf(coverage) }, options.format);
    });
  });
