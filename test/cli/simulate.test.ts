import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../cli/commands/all.generated.ts';
import { folderOfHook } from '../lake/temporary_folder.ts';
import { rolecall } from './command_line.ts';

const { folder, remove } = folderOfHook();
afterAll(remove);

/** A policy file of one or more statements. */
function policyFile(name: string, ...statements: readonly object[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  return file;
}

const read = { Sid: 'read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' };
const request = ['--action', 's3:GetObject', '--resource', 'arn:aws:s3:::bucket/file'];

describe.concurrent('B3 rolecall simulate', () => {
  it('prints the decision and the statements that made it, by file', async () => {
    const policy = policyFile('read.json', read);

    const { out, exitCode } = await rolecall('simulate', '--policy', policy, ...request, '--format', 'json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual({
      decision: 'allowed',
      statements: [{ file: policy, layer: 'identity', position: 0, sid: 'read', effect: 'Allow', holds: true }],
      lacks: [],
      problems: [],
    });
  });

  it('takes boundary, SCPs, session and resource policy, principal and context into account', async () => {
    const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
    const only = policyFile('only.json', {
      ...read,
      Condition: {
        StringEquals: { 'aws:SourceVpc': 'vpc-1' },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app' },
      },
    });
    const all = policyFile('all.json', everything);
    const files = ['--policy', only, '--boundary', all, '--session-policy', all, '--scp', all, all];
    const bucket = policyFile('bucket.json', { ...everything, Principal: '*' });
    const known = ['--principal', 'arn:aws:iam::111122223333:role/app', '--context', 'aws:SourceVpc=vpc-1'];
    const args = [...files, '--resource-policy', bucket, ...known, ...request, '--format', 'json'];

    const { out } = await rolecall('simulate', ...args);

    const { decision, statements } = JSON.parse(out) as { decision: string; statements: { layer: string }[] };
    expect(decision).toBe('allowed');
    expect(statements.map(({ layer }) => layer)).toEqual(['identity', 'boundary', 'session', 'scp', 'scp', 'resource']);
  });

  it('prints a line and a table for a person, and what is wrong with a file on standard error', async () => {
    const policy = policyFile('unclear.json', read, { Effect: 'Perhaps', Action: '*', Resource: '*' });

    const { out, err } = await rolecall('simulate', '--policy', policy, ...request);

    expect(out.split('\n')[0]).toBe('conditional');
    expect(out).toMatch(/^identity .*unclear\.json +0 +read +Allow +true$/m);
    expect(err).toMatch(/unclear\.json: statement 1 .*Effect is neither Allow nor Deny/);
  });

  it('says which layer lacks an Allow', async () => {
    const policy = policyFile('read.json', read);
    const boundary = policyFile('queues.json', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });

    const { out } = await rolecall('simulate', '--policy', policy, '--boundary', boundary, ...request);

    expect(out).toBe('denied: nothing allows it in boundary\n');
  });

  it.each([
    { what: 'a file that is not there', args: ['--policy', 'none.json', ...request], says: /none\.json.*ENOENT/ },
    { what: 'no policy', args: request, says: /--policy/ },
    { what: 'no action', args: ['--policy', 'p.json', '--resource', '*'], says: /--action/ },
    {
      what: 'context without a value',
      args: ['--policy', 'p.json', ...request, '--context', 'vpc'],
      says: /key=value/,
    },
    {
      what: 'an action with a wildcard',
      args: ['--policy', 'package.json', '--action', 's3:*', '--resource', '*'],
      says: /give one action/,
    },
  ])('ends with 2 for $what', async ({ args, says }) => {
    const { exitCode, err } = await rolecall('simulate', ...args);

    expect(exitCode).toBe(2);
    expect(err).toMatch(says);
  });
});

describe('commands are loaded when they are called', () => {
  it.each(Object.entries(allCommands))('%s by its name', async (name, load) => {
    expect((await load()).name()).toBe(name);
  });

  it('and all of them for help', async () => {
    const { out } = await rolecall('--help');

    expect(Object.keys(allCommands).filter((name) => !out.includes(`\n  ${name} `))).toEqual([]);
  });
});
