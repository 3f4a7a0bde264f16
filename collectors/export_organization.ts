import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { pick } from './answer.ts';
import { readExport } from './export_file.ts';
import { lookAt } from './export_text.ts';
import type { Tags } from './found.ts';
import {
  type AccountAnswer,
  accountsAnswer,
  type ControlPolicy,
  childrenAnswer,
  policyAnswer,
  rootsAnswer,
  type Tree,
  tagsAnswer,
  targetsAnswer,
  type Unit,
  unitsAnswer,
} from './organization.ts';
import { NotReadable } from './source.ts';

const readAs = async <S extends z.ZodType>(root: string, path: string, schema: S): Promise<z.infer<S>> =>
  pick(schema, await readExport(root, path), path);

/** Accounts in organization.json. @throws NotReadable when it is missing, cut off, or of another shape. */
export const exportedAccounts = async (root: string): Promise<readonly AccountAnswer[]> =>
  (await readAs(root, 'organization.json', accountsAnswer)).Accounts;

/** Accounts that have a folder of their own: what there is to read without organization.json. */
export async function accountFolders(root: string): Promise<readonly AccountAnswer[]> {
  const names = (await readdir(root)).filter((name) => /^\d{12}$/.test(name)).sort();
  return names.map((id) => ({ id, arn: null, name: null, state: null }));
}

/** Roots, units and who stands under whom. @throws NotReadable when a file of a parent is missing. */
export async function exportedTree(root: string): Promise<Tree> {
  const { Roots } = await readAs(root, 'organization/roots.json', rootsAnswer);
  const units = new Map<string, Unit>();
  const parents = new Map<string, string>();
  const visit = async (one: Unit): Promise<void> => {
    // A unit that is met again would make a circle.
    if (units.has(one.id)) return;
    units.set(one.id, one);
    const { OrganizationalUnits } = await readAs(root, `organization/ous/${one.id}.json`, unitsAnswer);
    for (const child of await readAs(root, `organization/children/${one.id}.json`, childrenAnswer)) {
      parents.set(child, one.id);
    }
    for (const below of OrganizationalUnits) {
      parents.set(below.id, one.id);
      await visit(below);
    }
  };
  for (const one of Roots) await visit(one);
  return { units, parents };
}

async function namesIn(root: string, folder: string): Promise<readonly string[]> {
  if ((await lookAt(root, folder)) !== 'folder') throw new NotReadable('not_provided', `${folder}/ was not provided`);
  const files = await readdir(join(root, folder));
  return files
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

/** Control policies and what each is attached to. @throws NotReadable when the targets of one are missing. */
export async function exportedPolicies(root: string): Promise<readonly ControlPolicy[]> {
  const policies: ControlPolicy[] = [];
  for (const id of await namesIn(root, 'organization/policies')) {
    const { Policy } = await readAs(root, `organization/policies/${id}.json`, policyAnswer);
    const { Targets } = await readAs(root, `organization/targets/${id}.json`, targetsAnswer);
    const { Id, Name, Type } = Policy.PolicySummary;
    const targets = Targets.map(({ TargetId }) => TargetId);
    policies.push({ id: Id, name: Name, type: Type, document: Policy.Content ?? '', targets });
  }
  return policies;
}

/** Tags of accounts, by account id; accounts without a file have none. */
export async function exportedTags(root: string): Promise<ReadonlyMap<string, Tags>> {
  const ids = (await lookAt(root, 'organization/tags')) === 'folder' ? await namesIn(root, 'organization/tags') : [];
  const read = async (id: string) =>
    [id, (await readAs(root, `organization/tags/${id}.json`, tagsAnswer)).Tags] as const;
  return new Map(await Promise.all(ids.map(read)));
}
