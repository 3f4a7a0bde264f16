/**
 * A live snapshot of many accounts in four regions, from a server on this machine that pages as AWS does, against the
 * same requests sent bare: see bare.ts. Both are processes of their own, and the server counts for both. Build first.
 *   npm run bench -- live [ACCOUNTS]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../package_root.ts';

const accounts = Number(process.argv[2] ?? 1000);
const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];
/** A request to AWS takes as long, from nearby. */
const latencyMs = 30;

interface Measured {
  readonly seconds: number;
  /** Processor time of the process. */
  readonly cpu: number;
  readonly megabytes: number;
  /** Requests that the server counted, by service. */
  readonly requests: Readonly<Record<string, number>>;
}

const outputOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    child.stderr?.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });

async function startServer(): Promise<{ server: ChildProcess; endpoint: string }> {
  const script = join(packageRoot, 'bench', 'aws_server.ts');
  const server = spawn(process.execPath, ['--import', 'tsx', script, String(accounts), String(latencyMs)]);
  process.once('exit', () => server.kill());
  const port = await new Promise<number>((resolve) => server.stdout.once('data', (text) => resolve(Number(text))));
  return { server, endpoint: `http://127.0.0.1:${port}` };
}

/** Said by the process on its way out: nobody else can tell what it used at most. */
const tell = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('used ' + (userCPUTime + systemCPUTime) / 1e6 + ' ' + maxRSS / 1024 + '\\n');
});`)}`;

async function measured(endpoint: string, ...program: readonly string[]): Promise<Measured> {
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: regions[0],
  };
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', tell, ...program], { env: { ...process.env, ...environment } });
  const said = await outputOf(child);
  const seconds = (performance.now() - startedAt) / 1000;
  if (child.exitCode !== 0) throw new Error(said);
  const [, cpu, megabytes] = /used ([\d.]+) ([\d.]+)/.exec(said) ?? [];
  const requests = (await (await fetch(`${endpoint}/counts`)).json()) as Record<string, number>;
  return { seconds, cpu: Number(cpu), megabytes: Number(megabytes), requests };
}

async function snapshotted(endpoint: string): Promise<Measured> {
  const lake = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  const program = join(packageRoot, 'dist', 'rolecall.js');
  try {
    return await measured(endpoint, program, 'snapshot', '--lake', lake, '--regions', regions.join(','));
  } finally {
    rmSync(lake, { recursive: true });
  }
}

const shown = ({ seconds, cpu, megabytes }: Measured): string =>
  `${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of processor), ${megabytes.toFixed(0)} MB`;

const { server, endpoint } = await startServer();
const bare = await measured(endpoint, '--import', 'tsx', join(packageRoot, 'bench', 'bare.ts'), regions.join(','));
const live = await snapshotted(endpoint);
server.kill();
if (JSON.stringify(bare.requests) !== JSON.stringify(live.requests)) {
  throw new Error(`not the same requests: ${JSON.stringify(bare.requests)}, ${JSON.stringify(live.requests)}`);
}
const sent = Object.values(live.requests).reduce((sum, count) => sum + count, 0);
console.log(
  `${accounts} accounts × ${regions.length} regions, ${sent} requests: snapshot ${shown(live)}; ` +
    `bare ${shown(bare)}; ratio ${(live.seconds / bare.seconds).toFixed(2)}`,
);
