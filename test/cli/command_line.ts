import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { inject } from 'vitest';

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[], out: 'pipe' | number): ChildProcess {
  return spawn(process.execPath, [inject('program'), ...args], { stdio: ['ignore', out, 'pipe'] });
}

function ended(child: ChildProcess): Promise<Ended> {
  const text = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => (text.out += chunk));
  child.stderr?.on('data', (chunk) => (text.err += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...text }));
  });
}

/** Runs `rolecall` in a process of its own, as a person would. */
export const rolecall = (...args: readonly string[]): Promise<Ended> => ended(start(args, 'pipe'));

/** The same with standard output into a file. */
export async function rolecallTo(file: string, ...args: readonly string[]): Promise<Ended> {
  const out = openSync(file, 'w');
  try {
    return await ended(start(args, out));
  } finally {
    closeSync(out);
  }
}
