import { chmodSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { handlerNames } from './infra/handler_names.ts';
import { packageRoot, version } from './package_root.ts';

/** Packages hold parts that ask for Node's own modules as CommonJS does. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Bundles the command line into a folder below the package, and returns the program's path. Packages are bundled with
 * it: finding and reading their thousand small files takes longer than all else before a command begins.
 */
export async function bundle(outdir: string): Promise<string> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: { rolecall: 'cli/rolecall.ts', second_thread: 'pipeline/authority_thread.ts' },
    outdir,
    bundle: true,
    // A command's file is read only when the command is called.
    splitting: true,
    // Finds the library of this machine, which is no JavaScript, beside itself.
    external: ['@duckdb/node-bindings'],
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
    logLevel: 'warning',
  });
  const program = join(outdir, 'rolecall.js');
  chmodSync(program, 0o755);
  return program;
}

const handlers = join(packageRoot, 'infra/handlers');

/** SQL is read from files; in a bundle too, below the folder that holds package.json. */
function addFiles(folder: string): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ type: 'module', version })}\n`);
  const isSql = (path: string): boolean => !basename(path).includes('.') || path.endsWith('.sql');
  cpSync(join(packageRoot, 'queries'), join(folder, 'queries'), { recursive: true, filter: isSql });
}

/**
 * Bundles each Lambda handler, with the SDK that it was tested with, into a folder of its own: what Lambda unpacks.
 * Apart from the command line, which is built whenever somebody starts it.
 */
export async function bundleHandlers(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: Object.fromEntries(handlerNames.map((name) => [`${name}/index`, join(handlers, `${name}.ts`)])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  for (const name of readdirSync(outdir)) addFiles(join(outdir, name));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv[2] === 'handlers') await bundleHandlers('dist/handlers');
  else await bundle('dist');
}
