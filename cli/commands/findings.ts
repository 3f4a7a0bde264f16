import { Command, Option } from 'commander';
import { ask } from '../../queries/ask.ts';
import type { ResultRow } from '../../queries/engine.ts';
import type { Format } from '../../report/result.ts';
import { count } from '../../report/words.ts';
import { briefFindings } from '../brief_findings.ts';
import { withPublished } from '../edges.ts';
import { type EngineFlags, withEngineAndFormat } from '../options.ts';
import { message } from '../output.ts';
import { printAnswer } from '../print_answer.ts';

const severities = ['info', 'low', 'medium', 'high', 'critical'];
const gateExitCode = 1;

interface Options extends EngineFlags {
  readonly format: Format;
  readonly failOn?: string;
}

/** Findings at or above a severity. */
const atLeast = (rows: readonly ResultRow[], severity: string): readonly ResultRow[] =>
  rows.filter((row) => severities.indexOf(String(row.severity)) >= severities.indexOf(severity));

export const findings = withEngineAndFormat(
  new Command('findings')
    .description('open findings of the latest snapshot, by score; severity is that of the rule alone')
    .addOption(new Option('--fail-on <severity>', 'exit 1 when a finding is this severe or worse').choices(severities)),
).action(async (options: Options) => {
  await withPublished(options, async (edges) => {
    const answer = await ask(edges, 'open_findings', {});
    const isForPerson = options.format === 'table' && process.stdout.isTTY;
    printAnswer(answer, options.format, isForPerson ? briefFindings(answer) : answer);
    const failing = options.failOn === undefined ? [] : atLeast(answer.rows, options.failOn);
    if (failing.length === 0) return;
    message(`${count(failing.length, 'open finding')} of severity ${options.failOn} or worse.`);
    process.exitCode = gateExitCode;
  });
});
