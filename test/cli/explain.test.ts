import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOfHook } from '../lake/temporary_folder.ts';
import { publishAll } from '../pipeline/snapshots.ts';
import { rolecall } from './command_line.ts';

const { folder, remove } = folderOfHook();
afterAll(remove);
const lake = join(folder, 'lake');

/** The first account is the management account, which no control policy binds; its first role is an administrator. */
const shop = {
  id: '111122223333',
  roles: ['shop-admin', 'shop-idle'],
  functions: { 'cart-api': 'shop-admin' },
  adminAsOf: '2025-01-01T00:00:00+00:00',
};
const bank = { id: '444455556666', roles: ['ledger'], adminAsOf: '2025-01-01T00:00:00+00:00' };
const role = (name: string, account = shop.id) => `arn:aws:iam::${account}:role/${name}`;

beforeAll(() => publishAll(folder, [['2026-01-05', [shop, bank]]]));

describe.concurrent('B3, B4 rolecall explain', () => {
  it('tells what a role can do, surest first, with what grants it', async () => {
    const { out, exitCode } = await rolecall('explain', role('shop-admin'), '--lake', lake, '--format', 'json');

    expect(exitCode).toBe(0);
    const { capabilities } = JSON.parse(out) as { capabilities: readonly { verdict: string }[] };
    expect(capabilities[0]).toMatchObject({
      verdict: 'allowed',
      principal_arn: role('shop-admin'),
      granted_by: [{ layer: 'identity', policy_id: 'arn:aws:iam::aws:policy/AdministratorAccess', position: 0 }],
    });
    const order = ['allowed', 'conditional', 'possible', 'unknown', 'denied'];
    const verdicts = capabilities.map(({ verdict }) => order.indexOf(verdict));
    expect(verdicts).toEqual([...verdicts].sort());
  });

  it('says that a role can do nothing of note', async () => {
    const { out } = await rolecall('explain', role('shop-idle'), '--lake', lake);

    expect(out).toContain('(no rows)');
  });

  it('decides one request, and says by which statements', async () => {
    const request = ['--action', 'sqs:DeleteQueue', '--resource', `arn:aws:sqs:eu-west-1:${shop.id}:orders`];

    const [may, mayNot] = await Promise.all(
      ['shop-admin', 'shop-idle'].map((name) => rolecall('explain', role(name), ...request, '--lake', lake)),
    );

    expect(may!.out).toMatch(/^allowed\n.*\n.*\nidentity +arn:aws:iam::aws:policy\/AdministratorAccess +0 /);
    expect(mayNot!.out).toBe('denied: nothing allows it in identity\n');
  });

  it('never says allowed where the control policies that bind were not read', async () => {
    const request = ['--action', 'sqs:DeleteQueue', '--resource', `arn:aws:sqs:eu-west-1:${bank.id}:orders`];

    const { out } = await rolecall('explain', role('ledger', bank.id), ...request, '--lake', lake, '--format', 'json');

    const { decision, statements } = JSON.parse(out) as { decision: string; statements: readonly object[] };
    expect(decision).toBe('conditional');
    expect(statements).toContainEqual(
      expect.objectContaining({ layer: 'scp', policy: 'policies of the organization, not read', holds: 'unknown' }),
    );
  });

  it.each([
    { what: 'a role that is not there', args: [role('none')], says: 'was read and has no such role' },
    { what: 'an account that was not read', args: [role('x', '999999999999')], says: 'were not read' },
    { what: 'something else than a role or user', args: ['shop-admin'], says: 'no ARN of a role or user' },
    { what: 'half a request', args: [role('shop-idle'), '--action', 's3:GetObject'], says: '--resource' },
    {
      what: 'an action with a wildcard',
      args: [role('shop-idle'), '--action', 's3:*', '--resource', '*'],
      says: 's3:*',
    },
  ])('ends with 2 for $what', async ({ args, says }) => {
    const { exitCode, err } = await rolecall('explain', ...args, '--lake', lake);

    expect(exitCode).toBe(2);
    expect(err).toContain(says);
  });
});
