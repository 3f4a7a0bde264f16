import { RolecallError } from '../errors.ts';
import { message } from './output.ts';

/** The person stopped the command; 130 is what shells give a process that SIGINT ended. */
export class Interrupted extends RolecallError {
  readonly exitCode = 130;
}

/** Runs `work` with a signal that Ctrl-C aborts; a second Ctrl-C ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupted = new Interrupted('interrupted; nothing was published');
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(interrupted.exitCode);
    message('Stopping; nothing is published. Press Ctrl-C again to end at once.');
    controller.abort(interrupted);
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}
