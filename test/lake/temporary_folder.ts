import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const make = (): string => mkdtempSync(join(tmpdir(), 'rolecall-test-'));
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = make();
  onTestFinished(() => remove(folder));
  return folder;
}

/** The same for a hook, which returns `remove` to have it called after the tests. */
export function folderOfHook(): { folder: string; remove: () => void } {
  const folder = make();
  return { folder, remove: () => remove(folder) };
}
