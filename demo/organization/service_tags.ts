import { fraction } from '../seeded.ts';
import type { Tags } from './model.ts';
import type { Service } from './services.ts';

/** Each domain grew its own tag keys; all of them mean team, application, environment, data sensitivity. */
const keys: Readonly<Record<Service['domain'], readonly [string, string, string, string]>> = {
  storefront: ['team', 'application', 'environment', 'data-sensitivity'],
  payments: ['Team', 'Application', 'Environment', 'Data-Classification'],
  fulfilment: ['owner', 'app', 'stage', 'sensitivity'],
  data: ['squad', 'project', 'env', 'classification'],
};

/** Tags of a function or role of the service; about one in fifteen has none, so nobody owns it. */
export function serviceTags(service: Service, environment: string, arn: string): Tags {
  if (fraction(`untagged ${arn}`) < 1 / 15) return {};
  const values = [service.team, service.name, environment, service.sensitivity];
  return Object.fromEntries(keys[service.domain].map((key, i) => [key, values[i]!]));
}
