import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Found, Tags } from './found.ts';
import { type TagKeys, tagColumns, teamOf, usualTagKeys } from './ownership.ts';
import type { Source } from './source.ts';

const keys = z.array(z.string().trim().min(1, 'is no tag key').toLowerCase()).min(1, 'names no tag key');

/** What an organization says of its tags: keys for some columns, in place of the usual ones. */
export const tagKeysShape = z.strictObject({
  team: keys.exactOptional(),
  application: keys.exactOptional(),
  environment: keys.exactOptional(),
  data_sensitivity: keys.exactOptional(),
});
export type GivenTagKeys = z.infer<typeof tagKeysShape>;

/** The same as JSON. */
export const tagKeysText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is not JSON: ${(error as Error).message}` });
      return z.NEVER;
    }
  })
  .pipe(tagKeysShape);

/** Tag keys that stand in a file. @throws UsageError naming every problem, each with its place. */
export function readTagKeys(file: string): GivenTagKeys {
  const parsed = tagKeysText.safeParse(textOf(file));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${file} does not name tag keys as {"team": ["cost-owner", "owner"]} does:\n${z.prettifyError(parsed.error)}`,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`The file of tag keys ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

type Tagged = { readonly tags: string };

/** Tells anew what tags say. */
function retelling(keys: TagKeys) {
  const tagsOf = ({ tags }: Tagged): Tags => JSON.parse(tags);
  const owned = <R extends Tagged>(row: R): R => ({ ...row, owner_team: teamOf(tagsOf(row), keys) });
  const told = <R extends Tagged>(row: R): R => ({ ...row, ...tagColumns(tagsOf(row), keys) });
  const found = ({ roles, users, functions, microvms, capacity_providers, function_tags, ...rest }: Found): Found => ({
    ...rest,
    ...(roles && { roles: roles.map((role) => ({ ...role, row: owned(role.row) })) }),
    ...(users && { users: users.map((user) => ({ ...user, row: owned(user.row) })) }),
    ...(functions && { functions: functions.map(told) }),
    ...(microvms && { microvms: microvms.map(told) }),
    ...(capacity_providers && { capacity_providers: capacity_providers.map(told) }),
    ...(function_tags && { function_tags: function_tags.map(({ arn, columns }) => ({ arn, columns: told(columns) })) }),
  });
  return { found, team: (row: Tagged): string | null => teamOf(tagsOf(row), keys) };
}

async function* each<A>(items: AsyncIterable<A>, change: (item: A) => A): AsyncGenerator<A> {
  for await (const item of items) yield change(item);
}

/** The source, whose tags are understood by the keys of the organization. */
export function withTagKeys(source: Source, given: GivenTagKeys): Source {
  if (Object.keys(given).length === 0) return source;
  const tell = retelling({ ...usualTagKeys, ...given });
  return {
    async plan(scope, signal) {
      const plan = await source.plan(scope, signal);
      return { ...plan, accounts: plan.accounts.map((row) => ({ ...row, team: tell.team(row) })) };
    },
    async open(account, signal) {
      const reader = await source.open(account, signal);
      return { ...reader, read: (listing, place) => each(reader.read(listing, place), tell.found) };
    },
  };
}
