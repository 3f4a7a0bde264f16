import type { Listing } from '../collectors/listing.ts';
import type { RunCosts } from '../collectors/live/costs.ts';
import { allListings } from '../collectors/resources/all.generated.ts';
import { GLOBAL, type Plan, type Scope } from '../collectors/source.ts';
import type { Newest } from '../pipeline/replay.ts';
import { count, figure } from '../report/words.ts';
import { coverage } from '../tables/coverage.ts';

const listings = allListings as readonly Listing[];

/** Assuming the role, and the list of regions. */
const requestsToOpen = 2;
const requestsPerAccount =
  requestsToOpen + listings.filter(({ scope, actions }) => scope === 'account' && actions.length > 0).length;
/** The other actions are asked for what a list found. */
const requestsPerRegion = listings
  .filter(({ scope }) => scope === 'region')
  .flatMap(({ actions }) => actions.filter((action) => /:(List(?!\w+By)|GetResources)/.test(action))).length;

const asked = <T>(scope: readonly T[], one: T): boolean => scope.length === 0 || scope.includes(one);

/** The least that reading a plan within the scope takes: what there is to ask function by function nobody counted yet. */
export function estimate({ accounts, regions }: Plan, scope: Scope): string {
  const meant = accounts.filter(({ account_id }) => asked(scope.accounts, account_id));
  const readable = meant.filter(({ state }) => state === null || state === 'ACTIVE').length;
  const least = readable * (requestsPerAccount + regions.length * requestsPerRegion);
  return `${readable} of ${count(meant.length, 'account')} can be read, in ${count(regions.length, 'region')}: at least ${count(least, 'request')}. Each further page is one more, each function three, and each of its versions and aliases one; how many there are nobody counted yet.`;
}

/** What the newest snapshot of a lake took for the same accounts and regions; null when it was read from exports. */
export async function takenBefore({ date, read }: Newest, scope: Scope): Promise<string | null> {
  const rows = (await read(coverage, {})).filter(
    ({ account_id, region }) =>
      asked(scope.accounts, account_id) && (region === GLOBAL || asked(scope.regions, region)),
  );
  const requests = rows.reduce((sum, { api_calls }) => sum + api_calls, 0);
  return requests === 0 ? null : `The snapshot of ${date} took ${count(requests, 'request')} for them.`;
}

/** What a run asked of AWS, in a line. */
export function costLine({ attempts, retries, bytes }: RunCosts, seconds: number): string {
  const services = [...attempts].map(([service, sent]) => `${service} ${sent}`).join(', ') || 'none';
  return `requests to AWS: ${services}; ${retries} of them retries; ${figure(bytes / 1e6)} MB received; ${seconds} s`;
}
