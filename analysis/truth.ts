/** True, false, or not to be told from what is known. */
export type Truth = boolean | 'unknown';

/** All must hold: one false settles it, otherwise one unknown leaves it open. */
export function every<T>(items: Iterable<T>, holds: (item: T) => Truth): Truth {
  let all: Truth = true;
  for (const item of items) {
    const truth = holds(item);
    if (truth === false) return false;
    if (truth === 'unknown') all = 'unknown';
  }
  return all;
}

/** One must hold: one true settles it, otherwise one unknown leaves it open. */
export function some<T>(items: Iterable<T>, holds: (item: T) => Truth): Truth {
  return not(every(items, (item) => not(holds(item))));
}

export function not(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}

/** All of these at once. */
export function both(...truths: readonly Truth[]): Truth {
  return every(truths, (truth) => truth);
}

/** At least one of these. */
export function either(...truths: readonly Truth[]): Truth {
  return some(truths, (truth) => truth);
}
