import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

export interface Program {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder: string;
  /** File that gets what it says. */
  readonly log: string;
}

/** Starts a server; it ends with this process if nobody ends it before. */
export function launch({ executable, arguments: given, environment, folder, log }: Program): ChildProcess {
  const file = openSync(log, 'w');
  const server = spawn(executable, given, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  process.once('exit', () => server.kill('SIGKILL'));
  return server;
}

/** Waits until the server answers. @throws with the end of its log when it ends, or takes too long. */
export async function ready(
  server: ChildProcess,
  log: string,
  answers: () => Promise<boolean>,
  seconds: number,
): Promise<void> {
  for (let waited = 0; waited < seconds * 10; waited++) {
    if (server.exitCode !== null) throw new Error(`The server ended while starting:\n${tail(log)}`);
    if (await answers()) return;
    await sleep(100);
  }
  throw new Error(`The server was not ready after ${seconds} s:\n${tail(log)}`);
}

const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');

/** Ends a server that was launched. */
export async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}
