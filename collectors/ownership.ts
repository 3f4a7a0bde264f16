import type { Tags } from './found.ts';

type Meaning = 'team' | 'application' | 'environment' | 'data_sensitivity';

/** Tag keys that say whose and what a resource is, in lower case; the first that has a value counts. */
export type TagKeys = Readonly<Record<Meaning, readonly string[]>>;

/** Unless an organization says which keys it uses itself. */
export const usualTagKeys: TagKeys = {
  team: ['team', 'owner', 'owner-team', 'squad'],
  application: ['application', 'app', 'service', 'project'],
  environment: ['environment', 'env', 'stage'],
  data_sensitivity: ['data-sensitivity', 'data-classification', 'sensitivity', 'classification'],
};

function valueFor(tags: Tags, keys: readonly string[]): string | null {
  const values = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value.trim()]));
  return keys.map((key) => values.get(key)).find(Boolean) ?? null;
}

/** The team that owns what carries these tags; null when no tag says. */
export const teamOf = (tags: Tags, keys = usualTagKeys): string | null => valueFor(tags, keys.team);

/** Columns of a function that tags fill. */
export const tagColumns = (tags: Tags, keys = usualTagKeys) => ({
  team: teamOf(tags, keys),
  application: valueFor(tags, keys.application),
  environment: valueFor(tags, keys.environment),
  data_sensitivity: valueFor(tags, keys.data_sensitivity),
  tags: JSON.stringify(tags),
});
