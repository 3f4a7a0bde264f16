import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOfHook } from '../lake/temporary_folder.ts';
import { publishAll } from '../pipeline/snapshots.ts';
import { rolecall } from './command_line.ts';

const { folder, remove } = folderOfHook();
afterAll(remove);
const lake = join(folder, 'lake');

function policyFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
const noSecrets = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' },
  ],
});

const shop = { id: '111122223333', roles: ['admin', 'idle'], adminAsOf: '2025-01-01T00:00:00+00:00' };
const role = (name: string) => `arn:aws:iam::${shop.id}:role/${name}`;

beforeAll(() => publishAll(folder, [['2026-01-05', [shop]]]));

describe.concurrent('B3, B4 rolecall whatif', () => {
  it('tells what roles could no longer do, and that nobody knows what is used', async () => {
    const boundary = policyFile('boundary.json', noSecrets);

    const { out, err, exitCode } = await rolecall(
      ...['whatif', '--boundary', boundary, '--lake', lake, '--format', 'json'],
    );

    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toContainEqual({
      account_id: shop.id,
      principal_arn: role('admin'),
      kind: 'capability',
      subject: 'read_secrets',
      before: 'allowed, all',
      after: 'none',
    });
    expect(JSON.parse(out)).toContainEqual({
      ...{ account_id: shop.id, principal_arn: role('admin'), kind: 'use', subject: '*' },
      ...{ before: 'unknown', after: 'unknown' },
    });
    expect(err).toContain('Whether it breaks anything is unknown of 1 roles');
  });

  it('asks about one role only', async () => {
    const boundary = policyFile('other.json', noSecrets);

    const { out } = await rolecall('whatif', '--boundary', boundary, '--role', role('idle'), '--lake', lake);

    expect(out).toContain('(no rows)');
  });

  it.each([
    { what: 'no cap', args: [], says: 'either --boundary or --scp' },
    { what: 'two caps', args: ['--boundary', 'a.json', '--scp', 'b.json'], says: 'either --boundary or --scp' },
    { what: 'a file that is not there', args: ['--scp', 'none.json'], says: 'none.json' },
    { what: 'a file that is no policy', args: ['--scp', 'README.md'], says: 'README.md: no JSON' },
    {
      what: 'a role that is not there',
      args: ['--scp', policyFile('scp.json', noSecrets), '--role', role('none')],
      says: 'has no such role',
    },
  ])('ends with 2 for $what', async ({ args, says }) => {
    const { exitCode, err } = await rolecall('whatif', ...args, '--lake', lake);

    expect(exitCode).toBe(2);
    expect(err).toContain(says);
  });
});
