import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../../errors.ts';
import { isS3Url } from '../../lake/s3_place.ts';
import { ask } from '../../queries/ask.ts';
import { gather } from '../../report/data.ts';
import { writeReport } from '../../report/report.ts';
import { withPublished } from '../edges.ts';
import { isFileError } from '../failure.ts';
import { type EngineFlags, withEngine } from '../options.ts';

function refuseFolder(out: string): void {
  if (!existsSync(out) || !statSync(out).isDirectory()) return;
  throw new UsageError(`${out} is a folder. Name a file in it with --out, such as ${join(out, 'report.html')}.`);
}

function refuseUnwritable(out: string, error: unknown): never {
  if (!isFileError(error)) throw error;
  const what = `The report cannot be written to ${out} (${error.message}).`;
  throw new UsageError(`${what} Name a file in a folder that may be written, with --out.`, { cause: error });
}

/** Beside the snapshots, or here when they are in S3. */
const defaultOut = (lake: string): string => join(isS3Url(lake) ? '.' : lake, 'report.html');

export const report = withEngine(
  new Command('report')
    .description('write the HTML report of the latest snapshot, and its tables as CSV beside it')
    .option('--out <file>', 'the HTML file; default report.html in the lake'),
).action(async (options: EngineFlags & { readonly out?: string }) => {
  const out = options.out ?? defaultOut(options.lake);
  refuseFolder(out);
  await withPublished(options, async (edges) => {
    const data = await gather((name, parameters) => ask(edges, name, parameters));
    await writeReport(data, out).catch((error: unknown) => refuseUnwritable(out, error));
    process.stdout.write(`${out}\n`);
  });
});
