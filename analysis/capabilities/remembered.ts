/** Beyond, memory matters more than time. */
const MOST = 50_000;

/** The same function, asked once for each key as far as memory goes. */
export function remembered<K, V extends object>(
  answer: (asked: K) => V,
  keyOf: (asked: K) => string = String,
): (asked: K) => V {
  const known = new Map<string, V>();
  return (asked) => {
    const key = keyOf(asked);
    const value = known.get(key) ?? answer(asked);
    if (known.size >= MOST) known.clear();
    known.set(key, value);
    return value;
  };
}
