import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

const outfile = 'dist/rolecall.js';

await build({
  entryPoints: ['cli/rolecall.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
