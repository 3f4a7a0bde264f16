/** Letters that move the cursor, hide or reorder what follows: control characters, line separators, zero-width and bidirectional marks. */
const treacherous = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

/** Text from AWS as one line that cannot steer a terminal or fool a reader: breaks become spaces, other such characters U+FFFD. */
export function visible(text: string): string {
  return text.replace(treacherous, (character) => (/\s/u.test(character) && character !== '\ufeff' ? ' ' : '\ufffd'));
}
