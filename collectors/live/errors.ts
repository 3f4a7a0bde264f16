import { statusOfCode } from '../error_code.ts';
import { NotReadable } from '../source.ts';

/** The parts of an SDK error that are looked at; its request holds credentials and is never shown. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const unreachable = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'TimeoutError', 'EPIPE']);

/** AWS names the statement that refused only for service control policies (IAM User Guide, "Troubleshoot access denied error messages"). */
const byControlPolicy = /explicit deny in a (service|resource) control policy|AWSOrganizations/i;

/** Whether AWS says that what was asked for does not exist. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && /^(NoSuchEntity|ResourceNotFound|PolicyNotFound)(Exception)?$/.test(error.name);

/**
 * Turns what the SDK threw at `action` into a reason for coverage.
 * @returns the error itself when it is a reason already; errors that are no fault of AWS are `error`.
 */
export function asNotReadable(error: unknown, action: string): NotReadable {
  if (error instanceof NotReadable) return error;
  if (!(error instanceof Error)) return new NotReadable('error', `${action}: ${String(error)}`);
  const { status, message } = reasonOf(error);
  return new NotReadable(status, `${action} ${message}`, codeOf(error), { cause: error });
}

/** The SDK adds hints for its own developers below. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** Errors of the network have no name of their own. */
const codeOf = ({ name, code }: SdkError): string => (name === 'Error' && code !== undefined ? code : name);

function reasonOf(error: SdkError): Pick<NotReadable, 'status' | 'message'> {
  const code = codeOf(error);
  const status = error.$metadata?.httpStatusCode === 429 ? 'throttled' : statusOfCode(code);
  if (status === 'throttled') return { status, message: 'was throttled beyond patience; run again later' };
  if (status === 'denied') {
    const by = byControlPolicy.test(error.message) ? ' by a control policy of the organization' : '';
    return { status, message: `is denied${by}: ${firstLine(error.message)}` };
  }
  if (status === 'region_disabled') {
    return { status, message: 'is not known to these credentials; the region is probably not enabled' };
  }
  if ([code, error.code].includes('ENOTFOUND')) {
    return {
      status: 'not_provided',
      message: 'has no endpoint: the service is not offered there, or the name of the region is wrong',
    };
  }
  const cut = [code, error.code].some((one) => one !== undefined && unreachable.has(one));
  return {
    status,
    message: cut ? `could not be reached (${error.code ?? code})` : `failed: ${firstLine(error.message)}`,
  };
}
