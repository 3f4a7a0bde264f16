import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './cache.ts';
import { findJava } from './java.ts';
import { type Trino, trinoClient } from './trino_client.ts';

/** Athena's engine version 3 is Trino; this release is the judge of every query. */
export const trinoVersion = '476';

const startup = { seconds: 120 };

export interface TrinoServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts Trino on a free loopback port, with a metastore of its own in `folder`; catalog `hive` reads any local file
 * as `local:///path`. Ready when it has answered a query. It ends when stopped, and with this process.
 */
export async function startTrino(folder: string): Promise<TrinoServer> {
  const port = await freePort();
  configure(folder, port);
  const server = launch(folder);
  const url = `http://127.0.0.1:${port}`;
  const stop = () => ended(server);
  try {
    await ready(server, trinoClient(url), join(folder, 'server.log'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

function launch(folder: string): ChildProcess {
  const java = findJava();
  if (java === undefined) throw new Error('No Java for Trino was found: run `tsx test/e2e/setup.ts`.');
  const vector = 'jdk.incubator.vector';
  const machine = ['-Xmx1G', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djdk.attach.allowAttachSelf=true'];
  const modules = java.modules.includes(vector) ? [`--add-modules=${vector}`] : [];
  const program = ['-cp', join(cacheFolder('trino'), 'server/lib/*'), 'io.trino.server.TrinoServer'];
  const log = openSync(join(folder, 'server.log'), 'w');
  const config = `-Dconfig=${join(folder, 'etc/config.properties')}`;
  const server = spawn(java.executable, [...machine, ...modules, config, ...program], {
    cwd: folder,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  process.once('exit', () => server.kill('SIGKILL'));
  return server;
}

function configure(folder: string, port: number): void {
  for (const name of ['etc/catalog', 'metastore']) mkdirSync(join(folder, name), { recursive: true });
  writeProperties(join(folder, 'etc/config.properties'), {
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(port),
    'discovery.uri': `http://127.0.0.1:${port}`,
    'node.internal-address': '127.0.0.1',
    'node.bind-ip': '127.0.0.1',
    'node.environment': 'e2e',
    'plugin.dir': join(cacheFolder('trino'), 'plugin'),
    'catalog.config-dir': join(folder, 'etc/catalog'),
  });
  writeProperties(join(folder, 'etc/catalog/hive.properties'), {
    'connector.name': 'hive',
    'hive.metastore': 'file',
    'hive.metastore.catalog.dir': `local://${join(folder, 'metastore')}`,
    'fs.native-local.enabled': 'true',
    'local.location': '/',
    'hive.recursive-directories': 'true',
    'hive.allow-register-partition-procedure': 'true',
    'hive.metastore-cache-ttl': '1h',
    'hive.per-transaction-metastore-cache-maximum-size': '10000',
  });
}

const writeProperties = (file: string, values: Readonly<Record<string, string>>): void =>
  writeFileSync(
    file,
    Object.entries(values)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );

async function ready(server: ChildProcess, client: Trino, log: string): Promise<void> {
  for (let waited = 0; waited < startup.seconds * 10; waited++) {
    if (server.exitCode !== null) throw new Error(`Trino ended while starting:\n${tail(log)}`);
    if (await client.answers()) return;
    await sleep(100);
  }
  throw new Error(`Trino was not ready after ${startup.seconds} s:\n${tail(log)}`);
}

const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
