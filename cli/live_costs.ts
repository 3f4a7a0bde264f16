import type { Listing } from '../collectors/listing.ts';
import type { RunCosts } from '../collectors/live/costs.ts';
import { allListings } from '../collectors/resources/all.generated.ts';
import type { Plan } from '../collectors/source.ts';

const listings = allListings as readonly Listing[];

/** Assuming the role, and the list of regions. */
const requestsToOpen = 2;
const requestsPerAccount = requestsToOpen + listings.filter(({ scope }) => scope === 'account').length;
/** The other actions are asked for what a list found. */
const requestsPerRegion = listings
  .filter(({ scope }) => scope === 'region')
  .flatMap(({ actions }) => actions.filter((action) => /:(List|GetResources)/.test(action))).length;

/** What reading a plan takes before anything is found: each function adds three requests and one for each version and alias. */
export function estimate({ accounts, regions }: Plan): string {
  const readable = accounts.filter(({ state }) => state === null || state === 'ACTIVE').length;
  const least = readable * (requestsPerAccount + regions.length * requestsPerRegion);
  return `${readable} of ${accounts.length} accounts are active; ${regions.length} regions: at least ${least} requests, then three for each function and one for each of its versions and aliases.`;
}

/** What a run asked of AWS, in a line. */
export function costLine({ attempts, retries }: RunCosts, seconds: number): string {
  const services = [...attempts].map(([service, count]) => `${service} ${count}`).join(', ');
  return `requests to AWS: ${services}; ${retries} of them retries; ${seconds} s`;
}
