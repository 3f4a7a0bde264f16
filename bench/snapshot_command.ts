import { join } from 'node:path';
import { packageRoot } from '../package_root.ts';

/** What Node is told to make a snapshot of the export in `folder`, in a lake beside it, as a person does. */
export const snapshotCommand = (folder: string, date: string): readonly string[] => [
  join(packageRoot, 'dist', 'rolecall.js'),
  'snapshot',
  '--from',
  join(folder, 'export'),
  '--lake',
  join(folder, 'lake'),
  '--date',
  date,
];
