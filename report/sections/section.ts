import { type Html, html } from '../markup.ts';

/** A section of the page under its heading; the introduction says what one sees. */
export function section(id: string, title: string, introduction: Html | string, body: Html): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="introduction">${introduction}</p>
${body}
</section>
`;
}

/** What stands in place of a chart or a list when there is nothing to show: it says what that means. */
export const empty = (meaning: string): Html => html`<p class="empty">${meaning}</p>`;
