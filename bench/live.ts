/**
 * A live snapshot of many accounts in four regions, from a server on this machine that pages as AWS does, against the
 * same number of requests sent bare at the same concurrency. Build first.
 *   npx tsx bench/live.ts [ACCOUNTS]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { packageRoot } from '../package_root.ts';

const accounts = Number(process.argv[2] ?? 1000);
const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];
/** A request to AWS takes as long, from nearby. */
const latencyMs = 30;
/** Accounts at a time, and the lists of a region that are asked together, over all regions. */
const concurrency = 8 * regions.length;

const outputOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    child.stderr?.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });

async function startServer(): Promise<{ server: ChildProcess; port: number }> {
  const script = join(packageRoot, 'bench', 'aws_server.ts');
  const server = spawn(process.execPath, ['--import', 'tsx', script, String(accounts), String(latencyMs)]);
  process.once('exit', () => server.kill());
  const port = await new Promise<number>((resolve) => server.stdout.once('data', (text) => resolve(Number(text))));
  return { server, port };
}

/** Said by the process on its way out: nobody else can tell what it used at most. */
const tell = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'));",
)}`;

async function snapshotted(
  port: number,
): Promise<{ seconds: number; megabytes: number; requests: number; said: string }> {
  const lake = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  const program = ['--import', tell, join(packageRoot, 'dist', 'rolecall.js')];
  const command = ['snapshot', '--lake', lake, '--regions', regions.join(',')];
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'us-east-1',
  };
  const startedAt = performance.now();
  const said = await outputOf(
    spawn(process.execPath, [...program, ...command], { env: { ...process.env, ...environment } }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  rmSync(lake, { recursive: true });
  const counts = /requests to AWS: (.*);.*retries/.exec(said)?.[1] ?? '';
  const requests = [...counts.matchAll(/\w+ (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  return { seconds, megabytes: Number(/peak (\d+)/.exec(said)?.[1]) / 1024, requests, said };
}

async function bare(port: number, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const limit = pLimit(concurrency);
  const headers = { authorization: 'Credential=100000000001/20260101/us-east-1/lambda/' };
  const one = () =>
    new Promise<void>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/2015-03-31/functions', agent, headers }, (answer) => {
        answer.resume().on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: requests }, () => limit(one)));
  agent.destroy();
  return (performance.now() - startedAt) / 1000;
}

const { server, port } = await startServer();
const live = await snapshotted(port);
const bareSeconds = await bare(port, live.requests);
server.kill();
console.log(live.said.split('\n').slice(-5).join('\n'));
console.log(
  `${accounts} accounts × ${regions.length} regions, ${live.requests} requests: ${live.seconds.toFixed(1)} s, peak ${live.megabytes.toFixed(0)} MB; ` +
    `bare at ${concurrency} at a time ${bareSeconds.toFixed(1)} s; ratio ${(live.seconds / bareSeconds).toFixed(2)}`,
);
