import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AccountFiles, Finished } from './account_files.ts';

/** Bundled beside the command line; elsewhere there is none, and one thread does all. */
const program = fileURLToPath(new URL('./second_thread.js', import.meta.url));

export const hasSecondThread = (): boolean => existsSync(program);

/** What is asked of the thread, by the names of what `AccountFiles` does. */
export interface Asked {
  readonly id: number;
  readonly what: keyof AccountFiles;
  readonly given: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: unknown;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The same files, made by another thread, which must be ended. */
export function filesOfSecondThread(folder: string): AccountFiles & { end(): Promise<unknown> } {
  const worker = new Worker(program, { workerData: folder });
  const waiting = new Map<number, Waiting>();
  worker.on('message', ({ id, value, error }: Answer) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(error);
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
  });
  let last = 0;
  const ask = <T>(what: Asked['what'], ...given: readonly unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ id: last, what, given } satisfies Asked);
    });
  return {
    understand: (collected, surroundings) => ask('understand', collected, surroundings),
    append: (accountId) => ask('append', accountId),
    forget: (accountId) => ask('forget', accountId),
    finish: () => ask<Finished>('finish'),
    end: () => worker.terminate(),
  };
}
