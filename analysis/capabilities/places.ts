import { statementsNaming } from '../applies.ts';
import { type Authority, authorityOf, type Grant } from '../authority.ts';
import { contextOf } from '../conditions/context.ts';
import type { Policies } from '../policies.ts';
import type { Request } from '../request.ts';
import { isRegional } from '../requested_region.ts';
import type { Step } from './capability.ts';
import type { Inventory } from './inventory.ts';
import { askedFor } from './targets.ts';

/** Where a request can surely be sent to, and what it can act on there. */
export type Place = Pick<Request, 'resource' | 'resourceAccount' | 'context'>;

/** Places of a step: the account itself, in each region that it uses, or where there is something to act on. */
export function placesFor({ action, on }: Step, inventory: Inventory): readonly Place[] {
  const { accountId, regions, workloadRegions } = inventory;
  const resource = askedFor(on === 'role_to_assume' ? 'other_role' : on, accountId);
  const here = { resource, resourceAccount: accountId, context: contextOf({}) };
  if (!isRegional(action)) return [here];
  return (isOfWorkloads(on) ? workloadRegions : regions).map((region) => ({
    ...here,
    resource: resource.replace('arn:*:lambda:*:', `arn:*:lambda:${region}:`),
    context: contextOf({ 'aws:RequestedRegion': region }),
  }));
}

const isOfWorkloads = (on: Step['on']): boolean => on === 'function' || on === 'microvm';

type Own = Omit<Policies, 'resource'>;

/**
 * As authorityOf, where the region that is called, or whose the resource is, may decide: who asks chooses among the
 * places, and what is not in one of them stays as open as it is.
 * Pages: AWS global condition context keys, aws:RequestedRegion, aws:ResourceAccount, aws:ResourceOrgID.
 */
export function authorityAmong(request: Request, policies: Own, placesOf: () => readonly Place[]): Authority {
  const anywhere = authorityOf(request, policies);
  if (anywhere.grants.every(({ holds }) => holds === true) || !hangsOnPlace(request, policies)) return anywhere;
  const places = placesOf();
  const known = grantsIn(places, request, policies, anywhere);
  const narrower = [...new Set(places.map(({ resource }) => resource))].filter((one) => one !== request.resource);
  const elsewhere = anywhere.grants.map((grant) => ({ ...grant, except: [...grant.except, ...narrower] }));
  const grants = distinct([...known, ...elsewhere]);
  return { ...anywhere, verdict: grants.some(({ holds }) => holds === true) ? 'allowed' : anywhere.verdict, grants };
}

/** One place is enough where everything that is granted anywhere surely is. */
function grantsIn(places: readonly Place[], request: Request, policies: Own, anywhere: Authority): readonly Grant[] {
  const found: Grant[] = [];
  for (const place of places) {
    const context = new Map([...request.context, ...place.context]);
    const { grants } = authorityOf({ ...request, ...place, context }, policies);
    found.push(...grants);
    const isAll = grants.length === anywhere.grants.length && grants.every(({ holds }) => holds === true);
    if (isAll && place.resource === request.resource) break;
  }
  return found;
}

/** Whether something that speaks of the action tells one place from another. */
function hangsOnPlace({ action }: Request, { identity, boundary, session, scps, rcps }: Own): boolean {
  const all = [
    ...identity,
    ...(boundary === null ? [] : [boundary]),
    ...(session ?? []),
    ...scps.flat(),
    ...rcps.flat(),
  ];
  return all.some(({ document }) =>
    statementsNaming(document, action).some((one) => NAMES_PLACE.test(one.conditionText ?? '')),
  );
}

const NAMES_PLACE = /aws:(RequestedRegion|Resource(Account|OrgID|OrgPaths))/i;

/** Of grants that say the same the one that surely holds. */
function distinct(grants: readonly Grant[]): readonly Grant[] {
  const byText = new Map<string, Grant>();
  for (const grant of grants) {
    const text = JSON.stringify([grant.within, grant.except]);
    if (byText.get(text)?.holds !== true) byText.set(text, grant);
  }
  return [...byText.values()];
}
