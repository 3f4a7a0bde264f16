import type { DemoRegion } from './accounts.ts';

/** Who runs as what: a role per function, one for all APIs of the service, or one for everything. */
type RoleStyle = 'own' | 'mixed' | 'shared';

/** A service of the retailer: two functions (`-api`, `-worker`) for each thing it deals with. */
export interface Service {
  readonly name: string;
  readonly team: 'storefront' | 'payments' | 'fulfilment' | 'data' | 'marketing';
  /** Production and staging accounts are named after the domain. */
  readonly domain: 'storefront' | 'payments' | 'fulfilment' | 'data';
  readonly region: DemoRegion;
  /** Region of the stand-by copy of its first API. */
  readonly standby: DemoRegion;
  readonly style: RoleStyle;
  readonly sensitivity: 'restricted' | 'confidential' | 'internal' | 'public';
  readonly things: readonly string[];
}

const [asia, middle, west, us] = ['ap-southeast-2', 'eu-central-1', 'eu-west-1', 'us-east-1'] as const;

type Line = readonly [name: string, style: RoleStyle, sensitivity: Service['sensitivity'], things: string];

function servicesOf(place: Pick<Service, 'team' | 'domain' | 'region' | 'standby'>, lines: readonly Line[]): Service[] {
  return lines.map(([name, style, sensitivity, things]) => ({
    ...place,
    name,
    style,
    sensitivity,
    things: things.split(' '),
  }));
}

export const services: readonly Service[] = [
  ...servicesOf({ team: 'storefront', domain: 'storefront', region: west, standby: us }, [
    ['checkout', 'own', 'confidential', 'cart order session address voucher receipt'],
    ['catalog', 'mixed', 'public', 'product category image brand review stock'],
    ['search', 'own', 'internal', 'query suggest index synonym facet ranking'],
    ['accounts', 'mixed', 'confidential', 'profile login consent wishlist avatar settings'],
    ['content', 'shared', 'public', 'page banner menu translation asset redirect'],
  ]),
  ...servicesOf({ team: 'payments', domain: 'payments', region: middle, standby: west }, [
    ['payments', 'own', 'restricted', 'card wallet capture refund mandate dispute'],
    ['billing', 'own', 'restricted', 'ledger statement dunning credit fee tax'],
    ['invoicing', 'mixed', 'restricted', 'invoice export archive reminder template number'],
    ['fraud', 'own', 'restricted', 'score rule signal case device blocklist'],
    ['loyalty', 'shared', 'confidential', 'points tier reward gift campaign balance'],
  ]),
  ...servicesOf({ team: 'fulfilment', domain: 'fulfilment', region: us, standby: asia }, [
    ['fulfilment', 'own', 'internal', 'pick pack wave slot courier handover'],
    ['inventory', 'mixed', 'internal', 'count reservation transfer bin forecast alert'],
    ['shipping', 'own', 'confidential', 'label rate tracking customs pickup manifest'],
    ['returns', 'mixed', 'confidential', 'request inspection restock exchange note reason'],
    ['suppliers', 'shared', 'internal', 'purchase contract delivery quality price contact'],
  ]),
  ...servicesOf({ team: 'data', domain: 'data', region: west, standby: asia }, [
    ['analytics', 'own', 'confidential', 'event funnel cohort session metric export'],
    ['reporting', 'mixed', 'confidential', 'daily weekly board margin sales schedule'],
    ['forecasting', 'own', 'internal', 'demand season weather model training feature'],
    ['pricing', 'own', 'internal', 'markdown rule competitor elasticity margin label'],
  ]),
  ...servicesOf({ team: 'marketing', domain: 'data', region: us, standby: west }, [
    ['marketing', 'shared', 'confidential', 'campaign newsletter segment coupon survey audience'],
  ]),
];
