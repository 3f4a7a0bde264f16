import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the command line, bundled from the sources as they are. */
    readonly program: string;
  }
}

/** Bundles the command line once for all tests: started from the sources, each process would compile it anew. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = `.cache/test/${process.pid}`;
  project.provide('program', resolve(await bundle(folder)));
  return () => rmSync(folder, { recursive: true, force: true });
}
