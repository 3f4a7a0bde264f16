import { type Html, html } from './markup.ts';

/** Name of what the ARN (or ARN + `#` + inline policy) stands for, without what is the same in every row: `billing-api-role`. */
export function shortName(arn: string): string {
  if (!arn.startsWith('arn:')) return arn;
  const [resource = '', inline] = arn.split(':').slice(5).join(':').split('#');
  const name = resource.split(/[/:]/).at(-1) || resource;
  return inline === undefined ? name || arn : `${name} # ${inline}`;
}

/** The short name; the whole ARN on hover, and in the clipboard after a click. Any other text as it is. */
export function shortArn(arn: string): Html {
  return arn.startsWith('arn:') ? copied(arn, shortName(arn)) : html`${arn}`;
}

/** A sentence whose ARNs are shortened. */
export function withShortArns(sentence: string): Html {
  const parts = sentence.split(/(arn:aws[\w-]*:[^\s,;]*[^\s,;.)])/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? shortArn(part) : part))}`;
}

/** Shows `short` and stands for `full`: on hover, and in the clipboard after a click. */
export const copied = (full: string, short: string): Html =>
  html`<button class="arn" title="${full}">${short}</button>`;
