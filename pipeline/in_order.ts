/**
 * Works on up to `width` items at a time and yields the results in the order of the items.
 * No more than `width` results are ever held.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    result.catch(() => undefined); // an earlier failure ends the loop; this one must not go unhandled then
    running.push(result);
    if (running.length === width) yield await running.shift()!;
  }
  for (const result of running) yield await result;
}
