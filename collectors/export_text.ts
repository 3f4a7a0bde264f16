import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NotReadable } from './source.ts';

/** Code of a file system error, such as EACCES. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/**
 * What stands at a path below an export folder; undefined when there is nothing.
 * @throws NotReadable for names that leave the folder and for symbolic links, which could lead anywhere.
 */
export async function lookAt(root: string, path: string): Promise<'file' | 'folder' | undefined> {
  const names = path.split('/');
  for (const at of names.keys()) {
    const kind = kindOf(root, names.slice(0, at + 1));
    if (kind === undefined || at === names.length - 1) return kind;
  }
  return undefined;
}

/** Without a promise: thousands of small files cost more in waiting for each than in looking. */
function kindOf(root: string, names: readonly string[]): 'file' | 'folder' | undefined {
  const path = names.join('/');
  if (names.some((name) => name === '' || name === '.' || name === '..' || /[\\\0]/.test(name))) {
    throw new NotReadable('error', `${path} leaves the export folder and is not followed`, 'OutsideFolder');
  }
  const stats = statsOf(root, path);
  if (stats?.isSymbolicLink()) {
    throw new NotReadable('error', `${path} is a symbolic link and is not followed; put the file itself there`, 'Link');
  }
  return stats === undefined ? undefined : stats.isDirectory() ? 'folder' : 'file';
}

function statsOf(root: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw new NotReadable('error', `${path} could not be looked at`, codeOf(error));
  }
}

/**
 * Names of the files, or of the folders, in a folder of an export, sorted; undefined when there is no such folder.
 * Links count as files: looking at them says what is wrong with them.
 */
export async function namesIn(
  root: string,
  path: string,
  kind: 'files' | 'folders',
): Promise<readonly string[] | undefined> {
  if (path !== '' && (await lookAt(root, path)) !== 'folder') return undefined;
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error: unknown) => {
    throw new NotReadable('error', `${path}/ could not be read as a folder`, codeOf(error));
  });
  const wanted = entries.filter((entry) => entry.isDirectory() === (kind === 'folders'));
  return wanted.map(({ name }) => name).sort();
}

/** Text of a file of an export folder, whatever a shell made of it; undefined when there is none. */
export async function readText(root: string, path: string): Promise<string | undefined> {
  const kind = await lookAt(root, path);
  if (kind === undefined) return undefined;
  try {
    return decode(readFileSync(join(root, path)));
  } catch (error) {
    throw new NotReadable('error', `${path} could not be read as a file`, codeOf(error));
  }
}

/** PowerShell redirects as UTF-16 with a byte order mark; a TextDecoder takes the mark away. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}
