import { describe, expect, it } from 'vitest';
import { asNotReadable } from '../../../collectors/live/errors.ts';
import { NotReadable } from '../../../collectors/source.ts';

const sdkError = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

describe('A4 an error of the SDK becomes a reason for coverage', () => {
  it.each([
    { error: sdkError('AccessDeniedException', 'no identity-based policy allows it'), status: 'denied' },
    { error: sdkError('AccessDenied', 'with an explicit deny in a service control policy'), status: 'denied' },
    { error: sdkError('ThrottlingException', 'Rate exceeded'), status: 'throttled' },
    { error: sdkError('TooManyRequestsException', 'Rate exceeded'), status: 'throttled' },
    { error: sdkError('SomethingNew', 'slow down', { $metadata: { httpStatusCode: 429 } }), status: 'throttled' },
    { error: sdkError('UnrecognizedClientException', 'The security token is invalid'), status: 'region_disabled' },
    { error: sdkError('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), status: 'not_provided' },
    { error: sdkError('Error', 'connect', { code: 'ECONNREFUSED' }), status: 'error' },
    { error: sdkError('ServiceException', 'Internal'), status: 'error' },
  ])('$error.name → $status', ({ error, status }) => {
    const reason = asNotReadable(error, 'lambda:ListFunctions');

    expect(reason.status).toBe(status);
    expect(reason.message).toContain('lambda:ListFunctions');
  });

  it('says when a control policy of the organization refused', () => {
    const error = sdkError(
      'AccessDeniedException',
      'with an explicit deny in a service control policy: arn:aws:organizations::1:policy/p-1',
    );

    expect(asNotReadable(error, 'lambda:ListFunctions').message).toContain('control policy of the organization');
  });

  it('leaves a reason as it is', () => {
    const reason = new NotReadable('role_missing', 'no role');

    expect(asNotReadable(reason, 'iam:GetRole')).toBe(reason);
  });
});
