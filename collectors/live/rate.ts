/**
 * A token bucket: `perSecond` requests a second, a full bucket of them at once.
 * @returns for a request made at `now` (milliseconds), how long it waits; requests keep their order.
 */
export function tokenBucket(perSecond: number): (now: number) => number {
  const interval = 1000 / perSecond;
  const burst = interval * (perSecond - 1);
  let nextAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    const at = Math.max(nextAt, now - burst);
    nextAt = at + interval;
    return Math.max(0, at - now);
  };
}
