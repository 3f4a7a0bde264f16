import type { Account, Tags, Unit } from './model.ts';

export const organizationId = 'o-brightaisle';
export const rootId = 'r-b7a1';

/** An account that does not belong to the organization. */
export const outsideAccount = '999900009999';

export const regions = ['ap-southeast-2', 'eu-central-1', 'eu-west-1', 'us-east-1'] as const;
export type DemoRegion = (typeof regions)[number];

const foundation = 'ou-b7a1-foundation';
export const workloads = 'ou-b7a1-workloads1';
const nonProduction = 'ou-b7a1-nonprod001';

export const units: readonly Unit[] = [
  { id: foundation, name: 'Foundation', parent: rootId },
  { id: workloads, name: 'Workloads', parent: rootId },
  { id: nonProduction, name: 'Non-Production', parent: workloads },
];

interface Declared {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly tags: Tags;
}

const declared: readonly Declared[] = [
  { id: '111100000001', name: 'brightaisle-management', unit: rootId, tags: { team: 'platform' } },
  { id: '111100000002', name: 'security-and-logs', unit: foundation, tags: { team: 'security' } },
  { id: '111100000003', name: 'shared-services', unit: foundation, tags: { team: 'platform' } },
  { id: '222200000001', name: 'storefront-production', unit: workloads, tags: production('storefront') },
  { id: '222200000002', name: 'payments-production', unit: workloads, tags: production('payments') },
  { id: '222200000003', name: 'fulfilment-production', unit: workloads, tags: production('fulfilment') },
  { id: '222200000004', name: 'data-production', unit: workloads, tags: production('data') },
  { id: '333300000001', name: 'storefront-staging', unit: nonProduction, tags: staging('storefront') },
  { id: '333300000002', name: 'payments-staging', unit: nonProduction, tags: staging('payments') },
  { id: '333300000003', name: 'fulfilment-staging', unit: nonProduction, tags: staging('fulfilment') },
  { id: '333300000004', name: 'data-staging', unit: nonProduction, tags: staging('data') },
  { id: '333300000005', name: 'sandbox', unit: nonProduction, tags: {} },
];

function production(team: string): Tags {
  return { team, environment: 'production', 'data-sensitivity': team === 'payments' ? 'restricted' : 'confidential' };
}

function staging(team: string): Tags {
  return { team, environment: 'staging', 'data-sensitivity': 'internal' };
}

/** The accounts of the organization, with nothing in them yet. */
export const emptyAccounts = (): Account[] =>
  declared.map((account, position) => ({
    ...account,
    isManagement: position === 0,
    state: 'ACTIVE',
    roles: [],
    users: [],
    groups: [],
    policies: [],
    functions: [],
    microvmImages: [],
    microvms: [],
    capacityProviders: [],
  }));

export const managementId = declared[0]!.id;
export const securityId = declared[1]!.id;
export const sharedServicesId = declared[2]!.id;
