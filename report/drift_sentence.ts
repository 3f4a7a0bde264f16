import type { ResultRow } from '../queries/engine.ts';
import { shortArn } from './arn.ts';
import { text } from './cell.ts';
import type { Known } from './known.ts';
import { type Html, html } from './markup.ts';
import { longDate, spaced } from './words.ts';

type Direction = 'broader' | 'narrower' | '';

interface Change {
  readonly subject: Html;
  readonly before: string;
  readonly after: string;
  readonly admins: Known['admins'];
}

interface Kind {
  /** What it is about, in a word. */
  readonly topic: string;
  readonly sentence: (change: Change) => Html;
  /** Whether before and after are policy documents. */
  readonly documents?: true;
}

/** One sentence for each kind of change, the weightiest kinds first. */
const kinds: Readonly<Record<string, Kind>> = {
  function_exposure_changed: {
    topic: 'exposure',
    sentence: ({ subject, before, after }) =>
      html`${subject} is now ${after || 'unknown'}; before: ${before || 'unknown'}.`,
  },
  function_role_changed: { topic: 'runs as', sentence: functionRole },
  boundary_changed: {
    topic: 'boundary',
    sentence: boundary,
  },
  trust_changed: {
    topic: 'trust',
    sentence: ({ subject }) => html`Who may assume ${subject} changed.`,
    documents: true,
  },
  policy_attached: {
    topic: 'policy',
    sentence: ({ subject, after }) => html`${subject} was given the policy ${named(after)}.`,
  },
  policy_changed: {
    topic: 'policy',
    sentence: ({ subject }) => html`The policy ${subject} was rewritten.`,
    documents: true,
  },
  organization_policy_changed: { topic: 'organization', sentence: organizationPolicy, documents: true },
  account_moved: {
    topic: 'account',
    sentence: ({ subject, before, after }) => html`Account ${subject} moved to ${after}; before: ${before}.`,
  },
  role_recreated: {
    topic: 'role',
    sentence: ({ subject }) => html`Role ${subject} was deleted and made again under the same name.`,
  },
  role_added: { topic: 'role', sentence: ({ subject }) => html`Role ${subject} is new.` },
  function_added: {
    topic: 'function',
    sentence: ({ subject, after, admins }) =>
      html`Function ${subject} is new${after && html` and runs as ${named(after)}`}${admins.has(after) && anything}.`,
  },
  policy_detached: {
    topic: 'policy',
    sentence: ({ subject, before }) => html`${subject} lost the policy ${named(before)}.`,
  },
  role_removed: { topic: 'role', sentence: ({ subject }) => html`Role ${subject} is gone.` },
  function_removed: { topic: 'function', sentence: ({ subject }) => html`Function ${subject} is gone.` },
};

const order = Object.keys(kinds);

/** A change as a reader sees it. */
export interface ToldChange {
  readonly row: ResultRow;
  readonly topic: string;
  readonly direction: Direction;
  readonly sentence: Html;
  readonly documents: boolean;
  /** Lower comes first: broader before narrower before the rest, then by kind. */
  readonly rank: number;
}

/** The change as a sentence; a kind without a sentence is said as it stands. `previous` is the snapshot before: an earlier one is named. */
export function toldChange(
  row: ResultRow,
  { admins, previous }: Pick<Known, 'admins'> & { previous: string },
): ToldChange {
  const name = text(row.kind);
  const kind = kinds[name] ?? { topic: spaced(name), sentence: asItStands };
  const change = { subject: named(text(row.subject)), before: text(row.before), after: text(row.after), admins };
  const direction = directionOf(row);
  const from = text(row.from_snapshot);
  const rank = ['broader', 'narrower', ''].indexOf(direction) * 100 + ((order.indexOf(name) + 100) % 100);
  return {
    row,
    topic: kind.topic,
    direction,
    sentence: html`${kind.sentence(change)}${from !== previous && ` Compared with ${longDate(from)}, when it was last read.`}`,
    documents: kind.documents ?? false,
    rank,
  };
}

/** Broader or narrower as the answer judges it; nothing where it does not, or finds neither. */
const directionOf = ({ direction }: ResultRow): Direction =>
  direction === 'broader' || direction === 'narrower' ? direction : '';

function boundary({ subject, before, after }: Change): Html {
  if (!after) return html`${subject} lost its permissions boundary ${named(before)}.`;
  if (!before) return html`${subject} was given the permissions boundary ${named(after)}.`;
  return html`The permissions boundary of ${subject} is now ${named(after)}; before: ${named(before)}.`;
}

function functionRole({ subject, before, after, admins }: Change): Html {
  return html`${subject} now runs as ${roleName(after)}${admins.has(after) && anything}; before: ${roleName(before)}.`;
}

function organizationPolicy({ subject, before, after }: Change): Html {
  if (!after) return html`The organization policy ${subject} no longer reaches the account.`;
  if (!before) return html`The organization policy ${subject} now reaches the account.`;
  return html`The organization policy ${subject} was rewritten.`;
}

function asItStands({ subject, before, after }: Change): Html {
  return html`${subject}, now ${after || 'nothing'}; before: ${before || 'nothing'}.`;
}

const anything = html`, which may do <strong>anything</strong>`;
const named = (name: string): Html => html`<strong>${shortArn(name)}</strong>`;
const roleName = (arn: string): Html => (arn ? named(arn) : html`no role`);
