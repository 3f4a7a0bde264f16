import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { findJava } from './java.ts';
import { ended, freePort, launch, ready } from './server.ts';
import { trinoClient } from './trino_client.ts';

/** Athena's engine version 3 is Trino; this release is the judge of every query. */
export const trinoVersion = '476';

const startupSeconds = 120;

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
  const log = join(folder, 'server.log');
  const server = launchTrino(folder, log);
  const url = `http://127.0.0.1:${port}`;
  const stop = () => ended(server);
  try {
    await ready(server, log, () => trinoClient(url).answers(), startupSeconds);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

function launchTrino(folder: string, log: string): ChildProcess {
  const java = findJava();
  if (java === undefined) throw new Error('No Java for Trino was found: run `npm run e2e`.');
  const vector = 'jdk.incubator.vector';
  // Each query makes classes of its own: a heap and metaspace of full size from the start spare half of the collections.
  const memory = ['-Xms2G', '-Xmx2G', '-XX:MetaspaceSize=256M', '-XX:+UseSerialGC'];
  // The quick compiler alone has room for little code: it would throw away what it compiled, again and again.
  const compiler = ['-XX:TieredStopAtLevel=1', '-XX:ReservedCodeCacheSize=512M'];
  // It writes nothing outside of its folder.
  const files = [`-Djava.io.tmpdir=${tmpdir()}`, '-XX:-UsePerfData', '-XX:+DisableAttachMechanism'];
  const machine = [...memory, ...compiler, ...files];
  const modules = java.modules.includes(vector) ? [`--add-modules=${vector}`] : [];
  const program = ['-cp', join(cacheFolder('trino'), 'server/lib/*'), 'io.trino.server.TrinoServer'];
  const config = `-Dconfig=${join(folder, 'etc/config.properties')}`;
  return launch({ executable: java.executable, arguments: [...machine, ...modules, config, ...program], folder, log });
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
    'catalog.management': 'dynamic',
    // A quarter of an hour of queries, which Trino would remember by itself, fills the heap: it then does little but collect.
    'query.max-history': '10',
    'query.min-expire-age': '5s',
    'task.info.max-age': '5s',
    'task.concurrency': '1',
    // The tables are small: how to join them is not worth thinking about, and each stage of a query costs more than its rows.
    'join-distribution-type': 'BROADCAST',
    'optimizer.join-reordering-strategy': 'NONE',
    'enable-stats-calculator': 'false',
    'enable-dynamic-filtering': 'false',
    'redistribute-writes': 'false',
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
