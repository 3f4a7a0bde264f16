import type { z } from 'zod';
import { pick } from './answer.ts';
import { readExport } from './export_file.ts';
import { namesIn } from './export_text.ts';
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

/** Accounts in organization.json, each once. @throws NotReadable when it is missing, cut off, or of another shape. */
export async function exportedAccounts(root: string): Promise<readonly AccountAnswer[]> {
  const { Accounts } = await readAs(root, 'organization.json', accountsAnswer);
  return [...new Map(Accounts.map((account) => [account.id, account])).values()];
}

/** Accounts that have a folder of their own: what there is to read without organization.json. */
export async function accountFolders(root: string): Promise<readonly AccountAnswer[]> {
  const names = (await namesIn(root, '', 'folders')) ?? [];
  return names.filter((name) => /^\d{12}$/.test(name)).map((id) => ({ id, arn: null, name: null, state: null }));
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

/** What the JSON files of a folder are named after; undefined when there is no such folder. */
async function idsIn(root: string, folder: string): Promise<readonly string[] | undefined> {
  const names = await namesIn(root, folder, 'files');
  return names?.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

/** Control policies and what each is attached to. @throws NotReadable when the targets of one are missing. */
export async function exportedPolicies(root: string): Promise<readonly ControlPolicy[]> {
  const ids = await idsIn(root, 'organization/policies');
  if (ids === undefined) throw new NotReadable('not_provided', 'organization/policies/ was not provided');
  const policies: ControlPolicy[] = [];
  for (const id of ids) {
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
  const ids = (await idsIn(root, 'organization/tags')) ?? [];
  const read = async (id: string) =>
    [id, (await readAs(root, `organization/tags/${id}.json`, tagsAnswer)).Tags] as const;
  return new Map(await Promise.all(ids.map(read)));
}
