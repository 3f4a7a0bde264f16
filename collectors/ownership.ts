import type { Tags } from './found.ts';

/** Tag keys that say whose and what a resource is, in lower case; the first that has a value counts. */
export const ownershipKeys = {
  team: ['team', 'owner', 'owner-team', 'squad'],
  application: ['application', 'app', 'service', 'project'],
  environment: ['environment', 'env', 'stage'],
  data_sensitivity: ['data-sensitivity', 'data-classification', 'sensitivity', 'classification'],
} as const;

type Meaning = keyof typeof ownershipKeys;

function valueFor(tags: Tags, meaning: Meaning): string | null {
  const values = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value.trim()]));
  return ownershipKeys[meaning].map((key) => values.get(key)).find(Boolean) ?? null;
}

/** The team that owns what carries these tags; null when no tag says. */
export const teamOf = (tags: Tags): string | null => valueFor(tags, 'team');

/** Columns of a function that tags fill. */
export const tagColumns = (tags: Tags) => ({
  team: teamOf(tags),
  application: valueFor(tags, 'application'),
  environment: valueFor(tags, 'environment'),
  data_sensitivity: valueFor(tags, 'data_sensitivity'),
  tags: JSON.stringify(tags),
});
