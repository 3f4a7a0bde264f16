import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId, region } from '../collectors/folder.ts';
import { type LoopbackAws, loopbackAws } from '../collectors/live/loopback_aws.ts';
import { oneAccount, oneAccountAnswers } from '../collectors/live/one_account.ts';
import { folderOfHook } from '../lake/temporary_folder.ts';
import { writeOrganization } from '../pipeline/exports.ts';
import { rolecall } from './live_command.ts';

const { folder: home, remove } = folderOfHook();
const lake = join(home, 'lake');
let aws: LoopbackAws;

const environment = () => ({
  AWS_ENDPOINT_URL: aws.endpoint,
  AWS_ACCESS_KEY_ID: 'CALLER',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_REGION: region,
});

/** Of the caller's own account, as the command that a user types reads it. */
const snapshot = (...more: readonly string[]) => rolecall(environment(), 'snapshot', '--single-account', ...more);

beforeAll(async () => {
  aws = await loopbackAws(oneAccountAnswers);
});

afterAll(async () => {
  await aws.stop();
  remove();
});

describe('A1 A4 rolecall snapshot of the caller’s own account', () => {
  it('says at the end what it cost: as many requests as the server counted, retries, bytes and seconds', async () => {
    const { exitCode, err } = await snapshot('--lake', lake, '--regions', region, '--date', '2026-01-05');

    const sent = (service: string): number =>
      [...aws.came].reduce((sum, [action, count]) => sum + (action.startsWith(`${service}:`) ? count : 0), 0);
    const services = ['account', 'iam', 'lambda', 'sts', 'tag'].map((service) => `${service} ${sent(service)}`);
    expect(err).toContain('1 of 1 account complete');
    expect(err).toMatch(
      new RegExp(`requests to AWS: ${services.join(', ')}; 0 of them retries; \\d[\\d.]* MB received; \\d+ s\n`),
    );
    expect(exitCode).toBe(0);
  });

  it('--plan says the least it would take, and what the snapshot before took', async () => {
    const { exitCode, err } = await snapshot('--plan', '--lake', lake, '--regions', region);

    expect(err).toMatch(/1 of 1 account can be read, in 1 region: at least \d+ requests/);
    expect(err).toMatch(/The snapshot of 2026-01-05 took \d+ requests for them/);
    expect(exitCode).toBe(0);
  });

  it('refuses a region that AWS does not know, and names those it knows', async () => {
    const { exitCode, err } = await snapshot('--lake', join(home, 'none'), '--regions', `${region},eu-wset-1`);

    expect(err).toContain(`AWS has no regions eu-wset-1. Name some of ${oneAccount.regions.toSorted().join(', ')}`);
    expect(exitCode).toBe(2);
  });

  it('refuses a lake that holds an organization: the account would stand there in place of all', async () => {
    const other = join(home, 'organization');
    const small = [accountId, '222233334444'].map((id) => ({ id, roles: ['one'] }));
    const exported = writeOrganization(join(home, 'exports'), small);
    const first = await rolecall({}, 'snapshot', '--from', exported, '--lake', other, '--date', '2026-01-05');
    expect(first.exitCode, first.err).toBe(0);

    const { exitCode, err } = await snapshot('--lake', other, '--regions', region);

    expect(err).toContain(`${other} holds snapshots of 2 accounts`);
    expect(exitCode).toBe(2);
  });
});
