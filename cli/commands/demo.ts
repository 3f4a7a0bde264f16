import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { exportFolder } from '../../collectors/export_folder.ts';
import { writeExports } from '../../demo/exports.ts';
import { snapshot } from '../../pipeline/snapshot.ts';
import { ask } from '../../queries/ask.ts';
import { loadQuestions } from '../../queries/question.ts';
import { gather } from '../../report/data.ts';
import { writeReport } from '../../report/report.ts';
import { renderSummary } from '../../report/summary.ts';
import { type Edges, withDemoLake } from '../edges.ts';
import { interruptible } from '../interrupt.ts';
import { lakeOption } from '../options.ts';
import { message } from '../output.ts';
import { progress } from '../progress.ts';

/** Exports hold values that no lake may hold, so they lie elsewhere and are gone in the end. */
async function withExports(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-demo-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Six weeks of exports, each read and published as any organization's would be. */
async function publishWeeks(edges: Edges, exportsFolder: string, signal: AbortSignal): Promise<void> {
  const everything = { accounts: [], regions: [] };
  for (const { date, folder } of await writeExports(exportsFolder)) {
    message(`\n${date}`);
    await snapshot({ source: exportFolder(folder), ...edges }, { date, scope: everything }, progress(), signal);
  }
}

async function answerAll(edges: Edges): Promise<void> {
  message('');
  for (const { name, title } of loadQuestions()) {
    const { rows } = await ask(edges, name, {});
    message(`${String(rows.length).padStart(6)}  ${name}: ${title}`);
  }
}

export const demo = new Command('demo')
  .description('six weekly snapshots of a made-up organization, all questions, and the report')
  .addOption(lakeOption())
  .action(async (options: { lake: string }) => {
    const out = join(options.lake, 'report.html');
    await interruptible((signal) =>
      withDemoLake(options.lake, async (edges) => {
        await withExports((exports) => publishWeeks(edges, exports, signal));
        await answerAll(edges);
        const data = await gather((name, parameters) => ask(edges, name, parameters));
        await writeReport(data, out);
        message(`\n${renderSummary(data, process.stderr.isTTY)}`);
      }),
    );
    process.stdout.write(`${out}\n`);
  });
