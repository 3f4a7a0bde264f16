import type { ResultRow } from '../queries/engine.ts';
import { shortArn } from './arn.ts';
import { text } from './cell.ts';
import { type Html, html } from './markup.ts';
import { spaced } from './words.ts';

/** What a sentence may look up beside the change itself. */
export interface Known {
  /** ARNs of roles that may do anything. */
  readonly admins: ReadonlySet<string>;
}

interface Change {
  readonly subject: Html;
  readonly before: string;
  readonly after: string;
  readonly known: Known;
}

/** One sentence for each kind of change. */
const sentences: Readonly<Record<string, (change: Change) => Html>> = {
  role_added: ({ subject }) => html`Role ${subject} is new.`,
  role_removed: ({ subject }) => html`Role ${subject} is gone.`,
  role_recreated: ({ subject }) => html`Role ${subject} was deleted and made again under the same name.`,
  policy_attached: ({ subject, after }) => html`${subject} was given the policy ${named(after)}.`,
  policy_detached: ({ subject, before }) => html`${subject} lost the policy ${named(before)}.`,
  policy_changed: ({ subject }) => html`The policy ${subject} was rewritten.`,
  boundary_changed: boundary,
  trust_changed: ({ subject }) => html`Who may assume ${subject} changed.`,
  function_added: ({ subject }) => html`Function ${subject} is new.`,
  function_removed: ({ subject }) => html`Function ${subject} is gone.`,
  function_role_changed: functionRole,
  function_exposure_changed: ({ subject, before, after }) =>
    html`Who may call ${subject} changed: now ${after || 'nobody from outside'}; before: ${before || 'nobody from outside'}.`,
  organization_policy_changed: ({ subject }) => html`The organization policy ${subject} was changed.`,
  account_moved: ({ subject, before, after }) => html`Account ${subject} moved to ${after}; before: ${before}.`,
};

/** The change as a sentence; a kind without a sentence is said as it stands. */
export function driftSentence(row: ResultRow, known: Known): Html {
  const kind = text(row.kind);
  const change = { subject: named(text(row.subject)), before: text(row.before), after: text(row.after), known };
  const sentence = sentences[kind];
  return sentence
    ? sentence(change)
    : html`${spaced(kind)}: ${change.subject}, now ${change.after || 'nothing'}; before: ${change.before || 'nothing'}.`;
}

/** What it said before and says now, where that is too long for a sentence; null where the sentence says it all. */
export function fullTexts(row: ResultRow): { readonly before: string; readonly after: string } | null {
  const told = ['trust_changed', 'policy_changed', 'organization_policy_changed'].includes(text(row.kind));
  const [before, after] = [text(row.before), text(row.after)];
  return told && (before || after) ? { before, after } : null;
}

function boundary({ subject, before, after }: Change): Html {
  if (!after) return html`${subject} lost its permissions boundary ${named(before)}.`;
  if (!before) return html`${subject} was given the permissions boundary ${named(after)}.`;
  return html`The permissions boundary of ${subject} is now ${named(after)}; before: ${named(before)}.`;
}

function functionRole({ subject, before, after, known }: Change): Html {
  const power = known.admins.has(after) && html`, which may do <strong>anything</strong>`;
  return html`${subject} now runs as ${after ? named(after) : 'no role'}${power}; before: ${before ? named(before) : 'no role'}.`;
}

const named = (name: string): Html => html`<strong>${shortArn(name)}</strong>`;
