import { type Html, html } from './markup.ts';

/** Name of what the ARN (or ARN + `#` + inline policy) stands for, without what is the same in every row: `billing-api-role`. */
export function shortName(arn: string): string {
  if (!arn.startsWith('arn:')) return arn;
  const [resource = '', inline] = arn.split(':').slice(5).join(':').split('#');
  const name = resource.split(/[/:]/).at(-1) || resource;
  return inline === undefined ? name || arn : `${name} # ${inline}`;
}

/** The short name; the whole ARN on hover, and in the clipboard after a click. */
export function shortArn(arn: string): Html {
  if (!arn.startsWith('arn:')) return html`${arn}`;
  return html`<button type="button" class="arn" title="${arn}" data-copy>${shortName(arn)}</button>`;
}
