import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package_root.ts';
import type { ReportData } from './data.ts';
import { snapshotDates } from './data.ts';
import { type Html, html, trusted } from './markup.ts';
import { age } from './sections/age.ts';
import { fixFirst } from './sections/fix_first.ts';
import { paths } from './sections/paths.ts';
import { sharedRoles } from './sections/shared_roles.ts';
import { tables } from './sections/tables.ts';
import { teamsAndRules } from './sections/teams_and_rules.ts';
import { tiles } from './sections/tiles.ts';
import { trustLine } from './sections/trust_line.ts';
import { whatChanged } from './sections/what_changed.ts';
import { wildcards } from './sections/wildcards.ts';
import { longDate } from './words.ts';

const contents = [
  ['what-changed', 'What changed'],
  ['fix-first', 'Fix first'],
  ['shared-roles', 'Shared roles'],
  ['wildcards', 'Wildcards'],
  ['teams', 'Teams and rules'],
  ['age', 'Age'],
  ['paths', 'Paths'],
  ['tables', 'Tables'],
] as const;

/** Style sheets in the order in which they apply. */
const styles = ['page', 'top', 'lists', 'charts', 'heat_map', 'paths', 'tables', 'media'];

/** The whole report as one page that asks for nothing from outside. `csvFolder`: where its CSV files lie, as seen from the page. */
export function renderHtml(data: ReportData, csvFolder: string): string {
  const [style, script] = [styles.map((name) => asset(`styles/${name}.css`)).join(''), asset('client.js')];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>rolecall ${longDate(snapshotDates(data).at(-1) ?? '')}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath d='M1 7V4h1.5v3zM3.250 7V1h1.500v6zM5.500 7V3H7v4z' fill='%230072B2'/%3E%3C/svg%3E">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#what-changed">To what changed</a>
${body(data, csvFolder)}
<p class="copied" role="status" aria-live="polite"></p>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.markup;
}

function body(data: ReportData, csvFolder: string): Html {
  return html`${trustLine(data)}
<main>
${tiles(data)}
<nav aria-label="Sections">${contents.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
${whatChanged(data)}
${fixFirst(data)}
${sharedRoles(data)}
${wildcards(data)}
${teamsAndRules(data)}
${age(data)}
${paths(data)}
${tables(data, csvFolder)}
</main>`;
}

const asset = (file: string): string => readFileSync(join(packageRoot, 'report', file), 'utf8');

/** The browser runs and applies only these two texts, and fetches nothing. */
function policy(style: string, script: string): string {
  const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
}
