import { parentPort, workerData } from 'node:worker_threads';
import { authorityFiles } from './halves.ts';
import type { Answer, Asked } from './second_thread.ts';

/** The program of the second thread: does one thing after the other, and answers each. */
const files = authorityFiles(workerData as string);
const port = parentPort!;

async function answered({ id, what, given }: Asked): Promise<Answer> {
  try {
    const work = files[what] as (...given: readonly unknown[]) => Promise<unknown>;
    return { id, value: await work(...given) };
  } catch (error) {
    return { id, error };
  }
}

let last: Promise<unknown> = Promise.resolve();
port.on('message', (asked: Asked) => {
  last = last.then(async () => port.postMessage(await answered(asked)));
});
