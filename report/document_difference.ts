/** Lines of two policy documents that only one of them has. */
export interface DocumentDifference {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** What differs between two JSON documents, line by line as they would be printed; text that is not JSON is one line. Brackets and quotes are left out. */
export function documentDifference(before: string, after: string): DocumentDifference {
  const [old, young] = [lines(before), lines(after)];
  return { gone: without(old, young), come: without(young, old) };
}

function lines(document: string): readonly string[] {
  return printed(document)
    .split('\n')
    .map((line) => line.trim().replace(/,$/, '').replaceAll('"', ''))
    .filter((line) => line !== '' && !/[{}[\]]$/.test(line));
}

function printed(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), null, 1);
  } catch {
    return document.replaceAll('\n', ' ');
  }
}

/** Each line counts as often as it occurs. */
function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
