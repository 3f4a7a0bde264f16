/** What the end-to-end tests share: made once before the first of them, gone after the last. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
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
  const work = mkdtempSync(join(tmpdir(), 'rolecall-e2e-'));
  const demoLake = join(work, 'demo');
  const starting = startTrino(join(work, 'trino'));
  const stop = async () => {
    await (await starting).stop();
    rmSync(work, { recursive: true, force: true });
  };
  try {
    const [trino] = await Promise.all([starting, runDemo(demoLake)]);
    project.provide('trino', trino.url);
    project.provide('demoLake', demoLake);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** By the bundled command, as a person runs it. */
async function runDemo(lake: string): Promise<void> {
  await run('npm', ['run', '--silent', 'build']);
  await run(process.execPath, ['dist/rolecall.js', 'demo', '--lake', lake]);
}
