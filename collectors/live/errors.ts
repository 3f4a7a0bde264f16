import { NotReadable } from '../source.ts';

/** The parts of an SDK error that are looked at; its request holds credentials and is never shown. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError']);
const throttled = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
]);
/** A region that is not enabled for the account does not know its credentials (AWS Account Management, "Enable or disable AWS Regions"). */
const unknownCredentials = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'AuthFailure']);
const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'TimeoutError',
  'EPIPE',
]);

/** AWS names the statement that refused only for service control policies (IAM User Guide, "Troubleshoot access denied error messages"). */
const byControlPolicy = /explicit deny in a (service|resource) control policy|AWSOrganizations/i;

/** Whether AWS says that what was asked for does not exist. */
export const isNotFound = (error: unknown): boolean =>
  isSdkError(error) && /^(NoSuchEntity|ResourceNotFound|PolicyNotFound)(Exception)?$/.test(error.name);

const isSdkError = (error: unknown): error is SdkError => error instanceof Error;

/**
 * Turns what the SDK threw at `action` into a reason for coverage.
 * @returns the error itself when it is a reason already; errors that are no fault of AWS are `error`.
 */
export function asNotReadable(error: unknown, action: string): NotReadable {
  if (error instanceof NotReadable) return error;
  if (!isSdkError(error)) return new NotReadable('error', `${action}: ${String(error)}`);
  const code = error.name === 'Error' && error.code !== undefined ? error.code : error.name;
  const options = { cause: error };
  if (throttled.has(code) || error.$metadata?.httpStatusCode === 429) {
    return new NotReadable('throttled', `${action} was throttled beyond patience; run again later`, code, options);
  }
  if (denied.has(code)) {
    const by = byControlPolicy.test(error.message) ? ' by a control policy of the organization' : '';
    return new NotReadable('denied', `${action} is denied${by}: ${error.message}`, code, options);
  }
  if (unknownCredentials.has(code)) {
    return new NotReadable(
      'region_disabled',
      `${action}: the region does not know the account’s credentials; it is probably not enabled`,
      code,
      options,
    );
  }
  if (unreachable.has(code) || unreachable.has(error.code ?? '')) {
    return new NotReadable(
      'error',
      `${action}: the endpoint could not be reached (${error.code ?? code})`,
      code,
      options,
    );
  }
  return new NotReadable('error', `${action}: ${error.message}`, code, options);
}
