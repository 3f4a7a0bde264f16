import { readExport, readOptionalExport } from './export_file.ts';
import { namesIn } from './export_text.ts';
import { fewNames } from './few_names.ts';
import type { Found } from './found.ts';
import { type ExportedPerFunction, type Listing, originOf, type Place } from './listing.ts';
import { type AccountReader, NotReadable } from './source.ts';

/** Reads one account of an export folder; each file once, and nothing of it is kept. */
export const exportedAccount = (root: string): AccountReader => ({
  coverage: [],
  calls: null,
  read(listing, place) {
    const { exported } = listing;
    if ('file' in exported) return readFile(root, listing, place, exported.file);
    if ('answersIn' in exported) return readAnswers(root, listing, place, exported.answersIn);
    return readFolders(root, listing, place, exported);
  },
});

const pathOf = ({ accountId, region }: Place, pattern: string): string =>
  `${accountId}/${pattern.replace('{region}', region)}`;

async function* readFile(root: string, listing: Listing, place: Place, pattern: string): AsyncIterable<Found> {
  const path = pathOf(place, pattern);
  yield listing.parse(await readExport(root, path), originOf(place, path));
}

/** A file that cannot be read is a gap; the others count. */
async function* readAnswers(root: string, listing: Listing, place: Place, pattern: string): AsyncIterable<Found> {
  const folder = pathOf(place, pattern);
  const files = await namesIn(root, folder, 'files');
  if (files === undefined) throw new NotReadable('not_provided', `${folder}/ was not provided`);
  for (const file of files) {
    try {
      yield* readFile(root, listing, place, `${pattern}/${file}`);
    } catch (reason) {
      if (!(reason instanceof NotReadable)) throw reason;
      yield { gap: { resource: listing.resources[0]!, reason } };
    }
  }
}

async function* readFolders(
  root: string,
  listing: Listing,
  place: Place,
  exported: ExportedPerFunction,
): AsyncIterable<Found> {
  // Without functions there was nothing to ask for, so nothing is missing.
  if (place.functions.length === 0) return;
  const { folder, besides, mayBeMissing = false, toldBefore } = exported;
  const told = toldBefore?.(place) ?? false;
  const path = pathOf(place, folder);
  const files = await namesIn(root, path, 'files');
  if (files === undefined && !told) throw new NotReadable('not_provided', `${path}/ was not provided`);
  yield* readFolder(root, listing, place, path, files ?? [], mayBeMissing || told);
  if (mayBeMissing) yield* noteMissing(place, path, files ?? []);
  if (besides === undefined) return;
  const second = pathOf(place, besides);
  const secondFiles = await namesIn(root, second, 'files');
  if (secondFiles === undefined) yield { note: `${second}/ was not provided` };
  else yield* readFolder(root, listing, place, second, secondFiles, false);
}

/** Functions that have no file of their own. */
function withoutFile({ functions }: Place, files: readonly string[]): readonly string[] {
  const there = new Set(files);
  return functions.map(({ name }) => `${name}.json`).filter((file) => !there.has(file));
}

/** Nobody can tell a function that has none from one that nobody asked. */
function* noteMissing(place: Place, folder: string, files: readonly string[]): Iterable<Found> {
  const missing = withoutFile(place, files).length;
  if (missing === 0) return;
  yield { note: `${missing} of ${place.functions.length} functions have no file in ${folder}/: taken as without one` };
}

/** @throws NotReadable for files that AWS would have printed whatever there is. */
function checkAllThere(place: Place, folder: string, files: readonly string[]): void {
  const missing = withoutFile(place, files);
  if (missing.length === 0) return;
  const named = fewNames(missing.map((file) => `${folder}/${file}`));
  throw new NotReadable('not_provided', `not provided: ${named}; each function needs its file`);
}

async function* readFolder(
  root: string,
  listing: Listing,
  place: Place,
  folder: string,
  files: readonly string[],
  mayBeMissing: boolean,
): AsyncIterable<Found> {
  if (!mayBeMissing) checkAllThere(place, folder, files);
  const arns = new Map(place.functions.map(({ name, arn }) => [name, arn]));
  for (const file of files) {
    const { name, qualifier } = namedBy(file, arns);
    const arn = arns.get(name);
    if (arn === undefined) continue;
    const path = `${folder}/${file}`;
    const answer = await readOptionalExport(root, path, mayBeMissing);
    if (answer !== undefined) yield listing.parse(answer, originOf(place, path, arn, qualifier));
  }
}

/** `<function>.json` or `<function>.<qualifier>.json`; names of functions may hold dots, qualifiers may not. */
function namedBy(file: string, known: ReadonlyMap<string, string>): { name: string; qualifier: string | null } {
  const stem = /^(.+)\.json$/.exec(file)?.[1] ?? '';
  if (known.has(stem)) return { name: stem, qualifier: null };
  const dot = stem.lastIndexOf('.');
  return { name: stem.slice(0, Math.max(dot, 0)), qualifier: stem.slice(dot + 1) };
}
