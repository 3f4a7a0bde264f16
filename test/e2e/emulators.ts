import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.ts';
import { ended, freePort, launch, ready } from './server.ts';

/** Servers that answer as AWS does, two because neither is right in everything, and a linter; each in a Python of its own. */
const packages = {
  'cfn-lint': ['cfn-lint==1.58.0'],
  ministack: ['ministack==1.5.33', 'duckdb==2.0.0', 'cryptography==50.0.2'],
  moto: ['moto[server]==5.2.5'],
} as const;

type Name = keyof typeof packages;

export const programOf = (name: Name, program: string): string => join(cacheFolder(name), 'bin', program);

/** Installs all of them, unless they are there. `run` starts a program and waits for its end. */
export function installEmulators(python: () => string, run: (program: string, ...args: string[]) => void): void {
  for (const name of Object.keys(packages) as Name[]) {
    cached(name, packages[name].join(' '), (folder) => {
      run(python(), '-m', 'venv', folder);
      run(programOf(name, 'python'), '-m', 'pip', 'install', '-q', ...packages[name]);
    });
  }
}

export interface Emulator {
  readonly endpoint: string;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

interface Startup {
  readonly name: Name;
  readonly program: string;
  readonly arguments: (port: number) => readonly string[];
  readonly environment: (port: number, folder: string) => Readonly<Record<string, string>>;
  readonly resetPath: string;
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

/** Starts an emulator on a free port of the loopback address; it ends when stopped, and with this process. */
export async function startEmulator(startup: Startup): Promise<Emulator> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), `rolecall-${startup.name}-`));
  const log = join(folder, 'server.log');
  const server = launch({
    executable: programOf(startup.name, startup.program),
    arguments: startup.arguments(port),
    environment: startup.environment(port, folder),
    folder,
    log,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await ended(server);
    rmSync(folder, { recursive: true, force: true });
  };
  await ready(server, log, () => answers(endpoint), 60).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const reset = async () => {
    await fetch(endpoint + startup.resetPath, { method: 'POST' });
  };
  return { endpoint, reset, stop };
}
