import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { NotReadable, type Region } from '../source.ts';
import { tokenBucket } from './rate.ts';

/** Requests under way at once over the whole run, per service; IAM and Organizations throttle per caller and publish no rate. */
const concurrency: Readonly<Record<string, number>> = { lambda: 32, iam: 8, organizations: 4, sts: 8, tag: 8 };
const otherConcurrency = 8;

/** Requests per second and account-region (AWS Lambda Developer Guide, "Lambda quotas": control plane API requests). */
const perSecond: Readonly<Record<string, number>> = { lambda: 15 };

/** How every client retries: each attempt waits longer, and throttled ones slow the client down. */
export const patience = { maxAttempts: 8, retryMode: 'adaptive' } as const;

/** Bounds that all accounts of a run share. */
export type ServiceLimits = (service: string) => LimitFunction;

export function serviceLimits(): ServiceLimits {
  const limits = new Map<string, LimitFunction>();
  return (service) => {
    const limit = limits.get(service) ?? pLimit(concurrency[service] ?? otherConcurrency);
    limits.set(service, limit);
    return limit;
  };
}

/** Waits of one account: every service and region that has a published rate keeps to it. */
export function accountRates(): (service: string, region: Region) => Promise<void> {
  const buckets = new Map<string, (now: number) => number>();
  return async (service, region) => {
    const allowed = perSecond[service];
    if (allowed === undefined) return;
    const key = `${service} ${region}`;
    const bucket = buckets.get(key) ?? tokenBucket(allowed);
    buckets.set(key, bucket);
    const wait = bucket(performance.now());
    if (wait > 0) await sleep(wait);
  };
}

/** Refuses to ask the same page twice: a listing whose tokens go round in a circle would never end, or end too early. */
export function pageGuard(): (command: string, input: unknown) => void {
  const asked = new Set<string>();
  return (command, input) => {
    const { Marker, NextToken, PaginationToken, nextToken } = input as Record<string, unknown>;
    if ((Marker ?? NextToken ?? PaginationToken ?? nextToken) === undefined) return;
    const page = `${command} ${JSON.stringify(input)}`;
    if (asked.has(page)) {
      throw new NotReadable(
        'error',
        `${command} gave the same page token twice: the listing does not end`,
        'TokenLoop',
      );
    }
    asked.add(page);
  };
}
