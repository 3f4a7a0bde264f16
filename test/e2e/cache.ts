import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where an installed thing lies, in the git-ignored cache of this working tree. */
export const cacheFolder = (name: string): string => resolve(import.meta.dirname, '../../.cache', name);

/**
 * Installs a thing into its cache folder, unless this version is there already. A mark is written last, so an
 * installation that was interrupted, or another version, starts again from an empty folder.
 */
export function cached(name: string, version: string, install: (folder: string) => void): string {
  const folder = cacheFolder(name);
  const mark = join(folder, '.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return folder;
  console.log(`Installing ${name} ${version} into .cache/${name} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  install(folder);
  writeFileSync(mark, version);
  return folder;
}
