import { z } from 'zod';
import type { AccountRow, Plan } from '../collectors/source.ts';
import { ContractError } from '../errors.ts';
import type { Key, Lake } from '../lake/lake.ts';
import { runFolder } from '../lake/unused_files.ts';
import { batchOf } from './plan.ts';
import type { Run } from './run.ts';

const manifestShape = z.object({
  batch: z.string(),
  accounts: z.array(z.object({ account_id: z.string(), complete: z.boolean(), anything: z.boolean() })).readonly(),
  /** `file` lies below the folder of the run, so that a manifest says the same in every run. */
  files: z.array(z.object({ table: z.string(), file: z.string(), rows: z.int(), bytes: z.int() })),
});

/** What a batch wrote; written last, so a batch without one wrote nothing that counts. */
export type Manifest = Readonly<z.infer<typeof manifestShape>>;

const manifestFolder = (run: Run): Key => `${runFolder(run.id)}/manifest/`;
const manifestKey = (run: Run, batch: string): Key => `${manifestFolder(run)}${batch}.json`;

export const writeManifest = (lake: Lake, run: Run, manifest: Manifest): Promise<void> =>
  lake.write(manifestKey(run, manifest.batch), `${JSON.stringify(manifest, null, 1)}\n`);

function parse(lake: Lake, key: Key, bytes: Uint8Array | undefined): Manifest {
  try {
    return manifestShape.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw new ContractError(`${lake.location(key)} is no manifest of a batch. Start the run again`, { cause: error });
  }
}

/** The manifests of a run, in the order of the batches. */
export async function readManifests(lake: Lake, run: Run): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = [];
  for await (const { key } of lake.list(manifestFolder(run))) manifests.push(parse(lake, key, await lake.get(key)));
  return manifests;
}

/** The accounts, as they follow each other in the plan, that no batch of the run has written yet. */
export async function unwritten(
  lake: Lake,
  run: Run,
  plan: Plan,
  accounts: readonly AccountRow[],
): Promise<readonly AccountRow[]> {
  let rest = accounts;
  while (rest.length > 0) {
    const key = manifestKey(run, batchOf(plan, rest).name);
    const bytes = await lake.get(key);
    if (bytes === undefined) break;
    const written = new Set(parse(lake, key, bytes).accounts.map(({ account_id }) => account_id));
    rest = rest.filter(({ account_id }) => !written.has(account_id));
  }
  return rest;
}
