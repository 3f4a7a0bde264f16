import { z } from 'zod';
import { ContractError } from '../errors.ts';
import type { Lake } from '../lake/lake.ts';
import { runFolder } from '../lake/unused_files.ts';
import type { Run } from './run.ts';

const manifestShape = z.object({
  batch: z.string(),
  accounts: z.array(z.object({ account_id: z.string(), complete: z.boolean(), anything: z.boolean() })).readonly(),
  /** `file` lies below the folder of the run, so that a manifest says the same in every run. */
  files: z.array(z.object({ table: z.string(), file: z.string(), rows: z.int(), bytes: z.int() })),
});

/** What a batch wrote; written last, so a batch without one wrote nothing that counts. */
export type Manifest = Readonly<z.infer<typeof manifestShape>>;

export const manifestFolder = (run: Run): string => `${runFolder(run.id)}/manifest/`;

export const writeManifest = (lake: Lake, run: Run, manifest: Manifest): Promise<void> =>
  lake.write(`${manifestFolder(run)}${manifest.batch}.json`, `${JSON.stringify(manifest, null, 1)}\n`);

async function readManifest(lake: Lake, key: string): Promise<Manifest> {
  try {
    return manifestShape.parse(JSON.parse(new TextDecoder().decode(await lake.get(key))));
  } catch (error) {
    throw new ContractError(`${lake.location(key)} is no manifest of a batch. Start the run again`, { cause: error });
  }
}

/** The manifests of a run, in the order of the batches. */
export async function readManifests(lake: Lake, run: Run): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = [];
  for await (const { key } of lake.list(manifestFolder(run))) manifests.push(await readManifest(lake, key));
  return manifests;
}
