import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';
import { type SmallAccount, writeOrganization } from '../pipeline/exports.ts';
import { edgesOf, filesOf, newLake, take, weeks } from '../pipeline/snapshots.ts';
import { rolecall } from './command_line.ts';

const organization: readonly SmallAccount[] = [
  { id: '111111111111', roles: ['shared'], functions: { a: 'shared', b: 'shared' }, adminAsOf: '2024-01-01T00:00:00Z' },
  { id: '222222222222', roles: ['one', 'two'], functions: { a: 'one' }, adminAsOf: '2025-01-01T00:00:00Z' },
  { id: '333333333333', roles: [] },
];

const filesIn = async (lake: Lake) => filesOf(lake, await catalogFile(lake).published());

it('A7, B4: what two threads of the program make of exports has the bytes of what one thread makes of them', async () => {
  const exports = writeOrganization(join(temporaryFolder(), 'exports'), organization);
  const [ofOne, ofTwo] = [newLake(), folderLake(join(temporaryFolder(), 'lake'))];
  await take(edgesOf(ofOne, exportFolder(exports)), weeks[0]);
  const { exitCode } = await rolecall('snapshot', '--from', exports, '--date', weeks[0], '--lake', ofTwo.location(''));
  expect(exitCode).toBe(0);
  expect(await filesIn(ofTwo)).toEqual(await filesIn(ofOne));
});
