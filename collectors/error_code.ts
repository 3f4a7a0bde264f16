import type { NotReadable } from './source.ts';

const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError']);

const throttled = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
]);

/** A region that is not enabled does not know the account's credentials (AWS Account Management, "Enable or disable AWS Regions"). */
const unknownCredentials = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'AuthFailure',
  'RegionDisabledException',
]);

/** What an error code of AWS means for coverage. */
export function statusOfCode(code: string): NotReadable['status'] {
  if (denied.has(code)) return 'denied';
  if (throttled.has(code)) return 'throttled';
  return unknownCredentials.has(code) ? 'region_disabled' : 'error';
}
