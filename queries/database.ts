import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Contents } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { packageRoot } from '../package_root.ts';
import { quoted } from './render.ts';
import { tokens } from './tokens.ts';
import { identifier } from './typed_columns.ts';
import { views } from './views.ts';

/** Nothing is fetched, nothing spilled to disk, and what does not fit is an error instead of a slow machine. */
const settings = {
  memory_limit: '2GB',
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/** The memory limit does not see text that a function has just made, and one value of these could fill any machine. */
const boundedText = [
  // The buffer counts no text either, so a small one keeps what waits in it to a few thousand rows.
  "set streaming_buffer_size = '32KB'",
  'create macro repeat(value, times) as ' +
    "if(length(value) * times > 100000, error('repeat() makes at most 100,000 characters'), system.main.repeat(value, times))",
  ...['lpad', 'rpad'].map(
    (name) =>
      `create macro ${name}(value, width, filling) as ` +
      `if(width > 100000, error('${name}() makes at most 100,000 characters'), system.main.${name}(value, width::integer, filling))`,
  ),
].join('; ');

/** DuckDB in memory that sees the files of some contents and can reach nothing else. */
export interface Database {
  readonly connection: DuckDBConnection;
  /** Makes the views that a query names; all of them when it names none and may be asking for information_schema. */
  prepare(sql: string): Promise<void>;
  close(): void;
}

/** After this no file but the named ones can be opened, and no later statement can change that. */
const closeDoors = (files: readonly string[]): string =>
  `set allowed_paths = [${files.map(quoted).join(', ')}]; set enable_external_access = false; set lock_configuration = true`;

/** Every name that stands in the SQL, of a table or of anything else. */
function namesIn(sql: string): ReadonlySet<string> {
  const names = tokens(sql).filter(({ kind }) => kind === 'word' || kind === 'quoted');
  return new Set(names.map(({ text }) => text.replaceAll('"', '').toLowerCase()));
}

/** Opens one. Views are made when first needed, since each opens its files to see their columns. */
export async function openDatabase(contents: Contents, lake: Lake): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  await connection.run(readFileSync(join(packageRoot, 'queries/prelude.sql'), 'utf8'));
  // Files of a lake never change, and a query may name the same one often.
  await connection.run('set parquet_metadata_cache = true');
  await connection.run(boundedText);
  await connection.run(closeDoors(contents.entries.map((entry) => lake.location(entry.key))));
  const missing = new Map(views(contents, lake).map(({ name, sql }) => [name, sql]));
  const known = [...missing.keys()];
  const make = async (name: string): Promise<void> => {
    const sql = missing.get(name);
    if (sql === undefined) return;
    await connection.run(`create view ${identifier(name)} as ${sql}`);
    missing.delete(name);
  };
  return {
    connection,
    async prepare(sql) {
      const names = namesIn(sql);
      const named = known.filter((name) => names.has(name));
      const wanted = named.length > 0 ? named : known;
      // A view over the newest snapshot stands on the table's own view.
      for (const name of wanted) await make(name.replace(/_latest$/, ''));
      for (const name of wanted) await make(name);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
