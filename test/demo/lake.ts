import { join } from 'node:path';
import { exportFolder } from '../../collectors/export_folder.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { RunEvent } from '../../pipeline/events.ts';
import { snapshot } from '../../pipeline/snapshot.ts';
import { duckdb } from '../../queries/duckdb.ts';

/** Publishes export folders one after the other into a lake below `root`, with everything that was said on the way. */
export async function publish(root: string, exports: readonly { date: string; folder: string }[]) {
  const lake = folderLake(join(root, 'lake'));
  const edges = { lake, catalog: catalogFile(lake), engine: duckdb(lake) };
  const events: RunEvent[] = [];
  const scope = { accounts: [], regions: [] };
  for (const { date, folder } of exports) {
    const source = exportFolder(folder);
    await snapshot({ source, ...edges }, { date, scope }, (event) => events.push(event), new AbortController().signal);
  }
  return { ...edges, events };
}
