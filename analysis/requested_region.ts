import type { Request } from './request.ts';

/** Services of one endpoint, which is in us-east-1. */
const GLOBAL_SERVICES: readonly string[] = ['cloudfront', 'iam', 'organizations', 'route53', 'support'];

/** Whether who asks chooses the region that is called. */
export function isRegional(action: string): boolean {
  return !GLOBAL_SERVICES.includes(action.toLowerCase().split(':')[0]!);
}

/**
 * The region that a request is sent to, where its resource or service tells; null when it may be any.
 * iam:PassRole is no call of IAM: another service asks for it, wherever that is called.
 * Pages: AWS global condition context keys, aws:RequestedRegion; AWS: Denies access to AWS based on the requested Region.
 */
export function requestedRegion({ requester, action, resource }: Pick<Request, 'requester' | 'action' | 'resource'>) {
  const [, partition = '', , region = ''] = resource.split(':');
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  if (isRegional(action) || action.toLowerCase() === 'iam:passrole') return null;
  return partition === 'aws' || requester.arn.startsWith('arn:aws:') ? 'us-east-1' : null;
}
