import { readFileSync } from 'node:fs';
import type { PolicyText } from '../analysis/simulate.ts';
import { UsageError } from '../errors.ts';

/**
 * A policy file as it stands, named by its path.
 * @throws UsageError when it cannot be read
 */
export function readPolicy(file: string): PolicyText {
  try {
    return { name: file, text: readFileSync(file, 'utf8') };
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new UsageError(`Policy file ${file} cannot be read (${reason}); give the path of a JSON policy document.`, {
      cause,
    });
  }
}
