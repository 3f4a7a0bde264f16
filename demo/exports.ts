import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SnapshotDate } from '../lake/catalog.ts';
import { accountFiles, type Files, policiesFolder } from './exports/account_files.ts';
import { organizationFiles } from './exports/organization_files.ts';
import { regions } from './organization/accounts.ts';
import type { Account } from './organization/model.ts';
import { type Week, weeks } from './story/chapter.ts';
import { isDenied, organizationAt, unreadAccounts } from './weeks.ts';

/**
 * Writes six weekly export folders of the demo organization below `root`, as an auditor would be handed them.
 * The same bytes each time.
 */
export async function writeExports(root: string): Promise<readonly { date: SnapshotDate; folder: string }[]> {
  const written = [];
  for (const date of weeks) {
    const folder = join(root, date);
    await writeWeek(folder, date);
    written.push({ date, folder });
  }
  return written;
}

async function writeWeek(folder: string, date: Week): Promise<void> {
  const standing = organizationAt(date);
  const unread = unreadAccounts(standing, date);
  writeFiles(folder, organizationFiles(standing));
  const readable = standing.accounts.filter((account) => !unread.has(account.name));
  await Promise.all(readable.map((account) => writeAccount(join(folder, account.id), account, date)));
}

async function writeAccount(folder: string, account: Account, date: Week): Promise<void> {
  const denied = (region: string) => isDenied(account.name, region, date);
  const folders = regions.filter((region) => !denied(region)).map((region) => join(folder, region, policiesFolder));
  await Promise.all(folders.map((each) => mkdir(each, { recursive: true })));
  writeFiles(folder, accountFiles(account, date, denied));
}

/** Without promises: thousands of small files cost more in waiting for each than in writing. */
function writeFiles(folder: string, files: Files): void {
  const folders = new Set(Object.keys(files).map((path) => join(folder, dirname(path))));
  for (const each of folders) mkdirSync(each, { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), text(content));
}

const text = (content: unknown): string =>
  typeof content === 'string' ? content : `${JSON.stringify(content, null, 4)}\n`;
