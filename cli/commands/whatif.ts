import { Command } from 'commander';
import { brokenUses } from '../../analysis/broken_uses.ts';
import { parseDocument } from '../../analysis/document.ts';
import { type Cap, type Change, capped, changesBetween } from '../../analysis/what_if.ts';
import { UsageError } from '../../errors.ts';
import { type Newest, newest, replay } from '../../pipeline/replay.ts';
import type { Format } from '../../report/result.ts';
import { accounts } from '../../tables/accounts.ts';
import { serviceAccess } from '../../tables/service_access.ts';
import { withSnapshots } from '../edges.ts';
import { withLakeAndFormat } from '../options.ts';
import { message, printResult } from '../output.ts';
import { readPolicy } from '../policy_file.ts';
import { accountOf, principalIn } from '../principal.ts';

interface Options {
  readonly boundary?: string;
  readonly scp?: string;
  readonly role?: string;
  readonly lake: string;
  readonly format: Format;
}

const columns = [
  { name: 'account_id', type: 'varchar' },
  { name: 'principal_arn', type: 'varchar' },
  { name: 'kind', type: 'varchar' },
  { name: 'subject', type: 'varchar' },
  { name: 'before', type: 'varchar' },
  { name: 'after', type: 'varchar' },
] as const;

export const whatif = withLakeAndFormat(
  new Command('whatif')
    .description('what roles and users of the latest snapshot could no longer do under one more boundary or SCP')
    .option('--boundary <file>', 'permissions boundary, in place of the one that each has')
    .option('--scp <file>', 'service control policy, attached to each account')
    .option('--role <arn>', 'only this role or user'),
).action(async (options: Options) => {
  const cap = capOf(options);
  const only = options.role ?? null;
  await withSnapshots(options.lake, async (edges) => {
    const snapshot = await newest(edges);
    const rows: Change[] = [];
    for (const accountId of await accountsOf(snapshot, only))
      rows.push(...(await effectIn(snapshot, accountId, cap, only)));
    const unknown = rows.filter(({ kind, before }) => kind === 'use' && before === 'unknown').length;
    if (unknown > 0) message(`Whether it breaks anything is unknown of ${unknown} roles: what they use was not read.`);
    printResult({ columns, rows: rows.map((row) => ({ ...row })) }, options.format);
  });
});

/** @throws UsageError when there is not exactly one policy, or when it cannot be understood */
function capOf({ boundary, scp }: Options): Cap {
  if ((boundary === undefined) === (scp === undefined))
    throw new UsageError('Give either --boundary or --scp with a policy file.');
  const file = readPolicy((boundary ?? scp)!);
  const { problem } = parseDocument(file.text, 'identity');
  if (problem !== null) throw new UsageError(`${file.name}: ${problem}. Mend the policy and run the command again.`);
  return { ...file, kind: scp === undefined ? 'boundary' : 'scp' };
}

/** The account of the one principal that is asked about, which must be there; otherwise all accounts. */
async function accountsOf(snapshot: Newest, only: string | null): Promise<readonly string[]> {
  if (only === null) return (await snapshot.read(accounts, {})).map(({ account_id }) => account_id);
  await principalIn(snapshot, only);
  return [accountOf(only)];
}

/** What changes in one account. */
async function effectIn(
  snapshot: Newest,
  accountId: string,
  cap: Cap,
  only: string | null,
): Promise<readonly Change[]> {
  const before = await replay(snapshot, accountId);
  const after = capped(before, cap, only);
  const access = await snapshot.read(serviceAccess, { account_id: [accountId] });
  const changes = [...changesBetween(before, after), ...brokenUses(before, after, access)];
  return changes.filter((one) => only === null || one.principal_arn === only);
}
