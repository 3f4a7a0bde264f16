import type { Dirent } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ContractError } from '../errors.ts';
import { lockFolder } from './folder_lock.ts';
import type { Key, Lake, StoredFile } from './lake.ts';
import { compareText } from './row_order.ts';

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** A key comes from files too (a catalog somebody handed over), so it must not lead out of the folder. */
function pathOf(root: string, key: Key): string {
  const outside = key.split('/').some((part) => part === '' || part === '.' || part === '..');
  if (outside || /[\\:\0]/.test(key)) {
    throw new ContractError(`The key ${JSON.stringify(key)} is no path below the lake ${root}`);
  }
  return join(root, key);
}

/** Written under another name beside it first, so that the key never shows half a file. */
const temporaryOf = (path: string): string => join(dirname(path), `.${path.slice(dirname(path).length + 1)}.tmp`);

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function moveInto(path: string, file: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await flush(file);
  try {
    await rename(file, path);
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error;
    await copyFile(file, temporaryOf(path));
    await flush(temporaryOf(path));
    await rename(temporaryOf(path), path);
    await rm(file);
  }
}

async function writeInto(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporaryOf(path), bytes, { flush: true });
  await rename(temporaryOf(path), path);
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

async function* listFiles(root: string, prefix: Key): AsyncIterable<StoredFile> {
  const below = prefix.includes('/') ? pathOf(root, prefix.slice(0, prefix.lastIndexOf('/'))) : root;
  const files = (await entriesOf(below)).filter((entry) => entry.isFile());
  const keys = files.map((file) => relative(root, join(file.parentPath, file.name)).split(sep).join('/'));
  for (const key of keys.filter((key) => key.startsWith(prefix)).sort(compareText)) {
    const { size, mtime } = await stat(join(root, key));
    yield { key, bytes: size, modified: mtime };
  }
}

/** Folders that a removed file leaves empty go too, up to the lake itself. */
async function removeEmpty(folder: string, root: string): Promise<void> {
  if (folder === root || (await readdir(folder)).length > 0) return;
  await rmdir(folder);
  await removeEmpty(dirname(folder), root);
}

async function removeFiles(root: string, keys: readonly Key[]): Promise<void> {
  const paths = keys.map((key) => pathOf(root, key));
  for (const path of paths) await rm(path, { force: true });
  for (const folder of new Set(paths.map(dirname))) {
    if ((await entriesOf(folder)).length === 0) await removeEmpty(folder, root).catch(ignoreMissing);
  }
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** A lake in a folder of this machine, made on the first write. */
export function folderLake(folder: string): Lake {
  const root = resolve(folder);
  return {
    put: async (key, file) => moveInto(pathOf(root, key), file),
    write: async (key, bytes) => writeInto(pathOf(root, key), bytes),
    get: async (key) => readIfThere(pathOf(root, key)),
    list: (prefix) => listFiles(root, prefix),
    remove: (keys) => removeFiles(root, keys),
    lock: (owner) => lockFolder(root, owner),
    location: (key) => (key === '' ? root : pathOf(root, key)),
  };
}
