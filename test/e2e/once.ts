/** What the end-to-end tests share: made once before the first of them, gone after the last. */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../build.ts';
import { cacheFolder } from './cache.ts';
import { install } from './install.ts';
import { startTrino } from './trino.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running Trino. */
    readonly trino: string;
    /** Folder of the demo's lake, with its report.html: six published weeks. */
    readonly demoLake: string;
  }
}

const run = promisify(execFile);

export default async function once(project: TestProject): Promise<() => Promise<void>> {
  const work = cacheFolder(`e2e-${process.pid}`);
  keepEverythingIn(work);
  install();
  const starting = startTrino(join(work, 'trino'));
  const stop = async () => {
    await starting.then(
      (trino) => trino.stop(),
      () => undefined,
    );
    rmSync(work, { recursive: true, force: true });
  };
  try {
    const [trino] = await Promise.all([starting, runDemo(project, work)]);
    project.provide('trino', trino.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** What tests, servers and commands write for a while, whoever starts them, lies in the git-ignored cache, and goes with it. */
function keepEverythingIn(work: string): void {
  process.env.TMPDIR = join(work, 'tmp');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  // Node looks upwards for whether a script is a module: not to the package.json of this project.
  writeFileSync(join(process.env.TMPDIR, 'package.json'), '{}');
}

/** By the bundled command, as a person runs it. */
async function runDemo(project: TestProject, work: string): Promise<void> {
  const program = await bundle(join(work, 'program'));
  const lake = join(work, 'demo');
  await run(process.execPath, [program, 'demo', '--lake', lake]);
  project.provide('program', program);
  project.provide('demoLake', lake);
}
