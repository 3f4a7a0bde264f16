import type { Report } from '../../pipeline/events.ts';

/** One line of JSON; Lambda would put other words before a line of the console. */
export const log = (line: { readonly event: string } & Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** Tells the log of the function what a run tells. */
export const logged =
  (run_id: string): Report =>
  ({ kind, ...rest }) =>
    log({ event: kind, run_id, ...rest });
