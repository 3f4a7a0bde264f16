/** The same function, asked once for each key. */
export function remembered<K, V extends object>(
  answer: (asked: K) => V,
  keyOf: (asked: K) => string = String,
): (asked: K) => V {
  const known = new Map<string, V>();
  return (asked) => {
    const key = keyOf(asked);
    const value = known.get(key) ?? answer(asked);
    known.set(key, value);
    return value;
  };
}
