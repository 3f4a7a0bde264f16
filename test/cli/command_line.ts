import { spawn } from 'node:child_process';
import { inject } from 'vitest';

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `rolecall` in a process of its own, as a person would. */
export function rolecall(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [inject('program'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (text.out += chunk));
  child.stderr.on('data', (chunk) => (text.err += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...text }));
  });
}
