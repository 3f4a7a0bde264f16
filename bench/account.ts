/**
 * A whole snapshot of a big account against parliament, which only lints the policies of it: time, CPU time and peak of
 * memory. Build first. Parliament is installed from PyPI into .cache/ once.
 *   npm run bench -- account [ROLES...]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../package_root.ts';
import { writeBigAccount } from './big_account.ts';
import { snapshotCommand } from './snapshot_command.ts';

const PARLIAMENT = '1.6.4';

interface Used {
  /** CPU, user and system, of all threads. */
  readonly seconds: number;
  readonly megabytes: number;
}

interface Taken extends Used {
  /** From start to end of the process. */
  readonly wallSeconds: number;
}

/** The last line that a program prints tells what it used. */
function taken(program: string, args: readonly string[]): Taken {
  const start = performance.now();
  const text = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const wallSeconds = (performance.now() - start) / 1000;
  return { ...(JSON.parse(text.trim().split('\n').at(-1)!) as Used), wallSeconds };
}

function parliament(): string {
  const folder = join(packageRoot, '.cache', `parliament-${PARLIAMENT}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'bin', 'parliament'))) return python;
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', `parliament==${PARLIAMENT}`], { stdio: 'inherit' });
  return python;
}

const linted = (details: string): Taken =>
  taken(parliament(), [join(packageRoot, 'bench', 'lint_policies.py'), details]);

/** Said by the process itself on its way out: nobody else can tell what it used. */
const TELL = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});`;

function snapshotted(folder: string): Taken {
  const tell = `data:text/javascript,${encodeURIComponent(TELL)}`;
  return taken(process.execPath, ['--import', tell, ...snapshotCommand(folder, '2026-01-05')]);
}

const shown = ({ wallSeconds, seconds, megabytes }: Taken): string =>
  `${wallSeconds.toFixed(1)} s, ${seconds.toFixed(1)} s CPU, ${megabytes.toFixed(0)} MB`;

function ratio(of: Taken, to: Taken): string {
  const share = (one: number, other: number) => (one / other).toFixed(2);
  return `${share(of.wallSeconds, to.wallSeconds)} of its time, ${share(of.seconds, to.seconds)} of its CPU time`;
}

for (const roles of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [5000]) {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    const details = writeBigAccount(join(folder, 'export'), roles);
    const lint = linted(details);
    const whole = snapshotted(folder);
    console.log(`${roles} roles: snapshot ${shown(whole)}; parliament ${shown(lint)}; ${ratio(whole, lint)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
