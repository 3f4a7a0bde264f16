/** What a run asked of AWS. */
export interface RunCosts {
  /** Requests by IAM prefix of the service, retries included. */
  readonly attempts: ReadonlyMap<string, number>;
  /** How many of them were retries. */
  readonly retries: number;
  /** That AWS sent. */
  readonly bytes: number;
}

/** Counts requests, and each attempt to send them. */
export interface Costs {
  request(): void;
  attempt(service: string): void;
  total(): RunCosts;
}

/** @param received bytes that came so far */
export function runCosts(received: () => number): Costs {
  const attempts = new Map<string, number>();
  let requests = 0;
  return {
    request: () => {
      requests += 1;
    },
    attempt: (service) => {
      attempts.set(service, (attempts.get(service) ?? 0) + 1);
    },
    total: () => {
      const sent = [...attempts.values()].reduce((sum, count) => sum + count, 0);
      const retries = Math.max(0, sent - requests);
      return { attempts: new Map([...attempts].sort()), retries, bytes: received() };
    },
  };
}
