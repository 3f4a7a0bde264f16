import { isNotFound } from './live/errors.ts';

/** The answer as a list; empty when what was listed before is gone meanwhile. */
export async function foundOf<T>(asked: Promise<T>): Promise<T[]> {
  return asked.then(
    (answer) => [answer],
    (error: unknown) => {
      if (isNotFound(error)) return [];
      throw error;
    },
  );
}

/** Pages about something that was listed before; none when it is gone meanwhile. */
export async function* unlessGone<T>(pages: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* pages;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
