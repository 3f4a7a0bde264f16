import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { csv } from './csv.ts';
import { answerNames, type ReportData } from './data.ts';
import { renderHtml } from './html.ts';

/** Writes the page to `out`, and one CSV per answer into a folder beside it: `report.html` and `report-csv/changes.csv`. */
export async function writeReport(data: ReportData, out: string): Promise<void> {
  const folder = `${out.replace(/\.html?$/i, '')}-csv`;
  await mkdir(dirname(out), { recursive: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(answerNames.map((name) => writeFile(join(folder, `${name}.csv`), csv(data[name]))));
  await writeFile(out, renderHtml(data, encodeURIComponent(basename(folder))));
}
