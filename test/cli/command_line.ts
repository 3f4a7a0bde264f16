import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../package_root.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `rolecall` from the sources, in a process of its own, as a person would. */
export function rolecall(...args: readonly string[]): Promise<Ended> {
  const program = join(packageRoot, 'cli/rolecall.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (text.out += chunk));
  child.stderr.on('data', (chunk) => (text.err += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...text }));
  });
}
