import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text of every file below a folder, by its path with `/`; sorted. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}
