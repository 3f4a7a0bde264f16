import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { inject } from 'vitest';
import { externalId, homeRegion, type LiveOrganization } from './live_organization.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a person has in the environment who may read the organization. */
export const environmentOf = ({
  endpoint,
  operator,
}: Pick<LiveOrganization, 'endpoint' | 'operator'>): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: operator.accessKeyId,
  AWS_SECRET_ACCESS_KEY: operator.secretAccessKey,
  AWS_REGION: homeRegion,
  AWS_EC2_METADATA_DISABLED: 'true',
  ROLECALL_EXTERNAL_ID: externalId,
});

/** Starts the bundled `rolecall`. */
export function startRolecall(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [inject('program'), ...args], {
    env: { PATH, HOME, TMPDIR: tmpdir(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (text.out += chunk));
  child.stderr.on('data', (chunk) => (text.err += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...text }));
  });
  return { ended, interrupt: () => child.kill('SIGINT') };
}

/** Runs the command that a user types, with an environment of its own. */
export const rolecall = (environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
  startRolecall(environment, ...args).ended;
