import { type Html, html } from '../markup.ts';
import { round } from '../series.ts';

/** One piece of a bar: how long, and the class that colours it. */
export interface Piece {
  readonly value: number;
  readonly colour: string;
}

/** A horizontal bar; its full width stands for `most`. What it says must stand beside it in words. */
export function bar(pieces: readonly Piece[], most: number): Html {
  let from = 0;
  const rectangles = pieces.map(({ value, colour }) => {
    const x = from;
    const width = most > 0 ? Math.min((value / most) * 100, 100 - x) : 0;
    from += width;
    return html`<rect class="${colour}" x="${round(x)}%" width="${round(width)}%" height="100%"/>`;
  });
  return html`<svg class="bar" aria-hidden="true">${rectangles}</svg>`;
}
