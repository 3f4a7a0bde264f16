import { UsageError } from '../errors.ts';

const advice: Readonly<Record<string, string>> = {
  NoSuchBucket: 'Name a bucket that is there, or deploy it first',
  EntityNotFoundException: 'Deploy rolecall first, or name another database',
  PermanentRedirect: 'The bucket is in another region: set AWS_REGION to it',
  AccessDenied: 'Use credentials that may do that',
  AccessDeniedException: 'Use credentials that may do that',
  CredentialsProviderError: 'Log in, or name a profile',
  ExpiredToken: 'Log in again',
  ExpiredTokenException: 'Log in again',
};

/** What the SDK throws has answers of AWS in `$metadata`, and a `code` when there was none; all else is our own mistake. */
const isOfAws = (error: unknown): error is Error =>
  error instanceof Error && ('$metadata' in error || 'code' in error || error.name in advice);

/** The SDK adds hints for its own developers below. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/**
 * Does a call of AWS; when it is refused, says which action, on what, and what to do about it.
 * @throws UsageError in place of the errors of the SDK, which name neither bucket nor table.
 */
export async function asked<T>(action: string, what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isOfAws(error)) throw error;
    const said = firstLine(error.message).replace(/\.?$/, '.');
    const todo = advice[error.name] ?? 'Look at what AWS says, and run it again';
    throw new UsageError(`${action} on ${what} failed (${error.name}): ${said} ${todo}`, { cause: error });
  }
}
