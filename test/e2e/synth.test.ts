import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../package_root.ts';
import { programOf } from './emulators.ts';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'rolecall-synth-'));
const { PATH = '' } = process.env;

/** Nobody answers at the address, there are no keys, and the home is empty. */
const offline = { PATH, HOME: work, HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', CI: 'true' };

const synth = (...options: readonly string[]) =>
  run('npx', ['cdk', 'synth', '--quiet', '--output', work, ...options], { cwd: packageRoot, env: offline });

afterAll(() => rmSync(work, { recursive: true }));

describe('A3 npx cdk synth, without a network and without keys', () => {
  beforeAll(async () => {
    await synth();
  });

  test('writes the four stacks, which keep the rules of cdk-nag and of CloudFormation', () => {
    const templates = readdirSync(work).filter((name) => name.endsWith('.template.json'));

    expect(templates.map((name) => name.replace('.template.json', '')).sort()).toEqual([
      'rolecall-lake',
      'rolecall-management',
      'rolecall-members',
      'rolecall-pipeline',
    ]);
  });

  test('writes templates that cfn-lint has nothing to say against', async () => {
    // W3005: the CDK itself names dependencies of a function that follow from its role.
    const asked = ['--ignore-checks', 'W3005', '--', join(work, '*.template.json')];
    const { stdout } = await run(programOf('cfn-lint', 'cfn-lint'), asked).catch((error) => error);

    expect(stdout).toBe('');
  });
});

test('A3 a configuration that is not there is said, and what to do', async () => {
  const failed = await synth('-c', 'configuration=mine.json').catch((error) => error);

  expect(failed.stderr).toContain('There is no configuration mine.json. Copy infra/example.config.json and fill it in');
});
