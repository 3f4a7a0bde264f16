import pc from 'picocolors';
import { grouped } from '../analysis/grouped.ts';
import { isRequired } from '../pipeline/completeness.ts';
import type { RunEvent } from '../pipeline/events.ts';
import { count } from '../report/words.ts';

const shownProblems = 20;

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

type AccountDone = Extract<RunEvent, { kind: 'account_done' }>;

/** Seconds left when the rest takes as long per account as the ones done. */
function secondsLeft(startedAt: number, now: number, { done, total }: AccountDone): number {
  return Math.round(((now - startedAt) / 1000 / done) * (total - done));
}

/**
 * Problems of an account, a line for each that is the same over regions and resources.
 * Regions that are switched off are no problem, nor is what an export lacks and may lack.
 */
function problemsOf({ account_id, coverage }: AccountDone): string[] {
  const problems = coverage.filter(
    (row) => row.status !== 'region_disabled' && (row.status !== 'not_provided' || isRequired(row)),
  );
  const alike = grouped(problems, ({ status, message }) => `${status}: ${message ?? 'no reason given'}`);
  return [...alike].map(([reason, rows]) => {
    const [first] = rows;
    const where = rows.length === 1 ? `${first!.region} ${first!.resource}` : `${rows.length} resources`;
    return `${account_id} ${where} ${reason}`;
  });
}

/** Renders the events of a run on standard error: one line that moves on a terminal, plain lines elsewhere. */
export function progress(out: Terminal = process.stderr, clock: () => number = Date.now): (event: RunEvent) => void {
  const startedAt = clock();
  let problems = 0;
  let tenth = -1;
  let moving = false;

  const line = (text: string): void => {
    out.write(`${moving ? '\r\x1b[K' : ''}${text}\n`);
    moving = false;
  };
  const move = (text: string): void => {
    out.write(`\r\x1b[K${text}`);
    moving = true;
  };

  const accountDone = (event: AccountDone): void => {
    const found = problemsOf(event);
    for (const problem of found.slice(0, Math.max(0, shownProblems - problems))) line(pc.yellow(problem));
    problems += found.length;
    const left = secondsLeft(startedAt, clock(), event);
    const text = `accounts ${event.done}/${event.total}, problems ${problems}, about ${left} s left`;
    const nextTenth = Math.floor((event.done / event.total) * 10);
    if (out.isTTY) move(text);
    else if (nextTenth !== tenth) line(text);
    tenth = nextTenth;
  };

  return (event) => {
    switch (event.kind) {
      case 'planned':
        return line(`planned ${count(event.accounts, 'account')}, regions ${event.regions.join(', ') || 'none'}`);
      case 'account_done':
        return accountDone(event);
      case 'staged':
        if (problems > shownProblems)
          line(`${count(problems - shownProblems, 'more problem')}: see the question coverage_gaps`);
        return undefined;
      case 'derived':
        return out.isTTY ? move(`derived ${event.name}`) : undefined;
      case 'published':
        return line(
          `published ${event.row.snapshot_date}: ${event.row.accounts_complete} of ${count(event.row.accounts_planned, 'account')} complete`,
        );
      case 'warning':
        return line(pc.yellow(event.message));
    }
  };
}
