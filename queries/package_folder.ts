import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function upToPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  return upToPackage(dirname(folder));
}

/** Folder of rolecall's package.json: the .sql files lie below it, whether this runs from source or bundled in dist/. */
export const packageFolder: string = upToPackage(dirname(fileURLToPath(import.meta.url)));
