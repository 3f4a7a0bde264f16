/**
 * A whole snapshot of a big account against parliament, which only lints the policies of it: CPU time and peak memory.
 * Build first. Parliament is installed from PyPI into .cache/ once.
 *   npx tsx bench/run.ts [ROLES...]
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
  /** CPU, user and system. */
  readonly seconds: number;
  readonly megabytes: number;
}

function parliament(): string {
  const folder = join(packageRoot, '.cache', `parliament-${PARLIAMENT}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'bin', 'parliament'))) return python;
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', `parliament==${PARLIAMENT}`], { stdio: 'inherit' });
  return python;
}

const lastLine = (text: string): Used => JSON.parse(text.trim().split('\n').at(-1)!) as Used;

const linted = (details: string): Used =>
  lastLine(execFileSync(parliament(), [join(packageRoot, 'bench', 'lint_policies.py'), details], { encoding: 'utf8' }));

/** Said by the process itself on its way out: nobody else can tell what it used. */
const TELL = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});`;

function snapshotted(folder: string): Used {
  const tell = `data:text/javascript,${encodeURIComponent(TELL)}`;
  return lastLine(
    execFileSync(process.execPath, ['--import', tell, ...snapshotCommand(folder, '2026-01-05')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
}

const shown = ({ seconds, megabytes }: Used): string => `${seconds.toFixed(1)} s CPU, ${megabytes.toFixed(0)} MB`;

for (const roles of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [5000]) {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    const details = writeBigAccount(join(folder, 'export'), roles);
    const lint = linted(details);
    const whole = snapshotted(folder);
    console.log(
      `${roles} roles: snapshot ${shown(whole)}; parliament ${shown(lint)}; ratio ${(whole.seconds / lint.seconds).toFixed(2)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
