import { CommanderError } from 'commander';
import { RolecallError } from '../errors.ts';

/** Bad usage, and all else that ends a command early: never 1, which only a gate may answer. */
const failureExitCode = 2;

/** Whether the file system refused: the message of such an error begins with its code and names the path. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.message.startsWith(`${error.code}: `);
}

/** Exit code of a command that ends with this error: 0 fine (help was asked for), 2 usage, 3 nothing read. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : failureExitCode;
  return error instanceof RolecallError ? error.exitCode : failureExitCode;
}

/** What a person reads about it; where in the program it happened only for who wants to `debug`. */
export function failureText(error: unknown, debug: boolean): string {
  if (error instanceof RolecallError) return error.message;
  if (isFileError(error)) return `${error.message}. Check the path, its permissions and the space that is left.`;
  const what = error instanceof Error ? error.message : String(error);
  const where = debug && error instanceof Error ? `\n${error.stack}` : ' ROLECALL_DEBUG=1 shows where it happened.';
  return `unexpected error: ${what}. This is a mistake of rolecall; please report it.${where}`;
}
