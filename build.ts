import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the command line into a folder below the package, and returns the program's path. */
export async function bundle(outdir: string): Promise<string> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['cli/rolecall.ts'],
    outdir,
    bundle: true,
    // A command's file is read only when the command is called.
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  });
  const program = join(outdir, 'rolecall.js');
  chmodSync(program, 0o755);
  return program;
}

if (argv[1] === fileURLToPath(import.meta.url)) await bundle('dist');
