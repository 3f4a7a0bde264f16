/**
 * Runs the benchmarks, or the one that is named, with its numbers. Build first.
 *   npm run bench [-- account [ROLES...] | live [ACCOUNTS] | history [WEEKS ACCOUNTS ROLES_EACH [TIMES]]]
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../package_root.ts';

const benchmarks = ['account', 'live', 'history'];

function run(name: string, numbers: readonly string[]): void {
  const file = join(packageRoot, 'bench', `${name}.ts`);
  execFileSync(process.execPath, ['--import', 'tsx', file, ...numbers], { stdio: 'inherit' });
}

const [name, ...numbers] = process.argv.slice(2);
if (name === undefined) {
  for (const one of benchmarks) run(one, []);
} else if (benchmarks.includes(name) && numbers.every((number) => /^[1-9]\d*$/.test(number))) {
  run(name, numbers);
} else {
  console.error(
    `Name one of ${benchmarks.join(', ')}, and after it its numbers, such as: npm run bench -- account 5000 20000`,
  );
  process.exitCode = 2;
}
