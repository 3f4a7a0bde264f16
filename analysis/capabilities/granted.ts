import { actionMatches } from '../match.ts';
import type { PolicyDocument, Statement } from '../policy.ts';
import { catalogue } from './catalogue.ts';
import { remembered } from './remembered.ts';

/** Every action of the catalogue. */
const ACTIONS: readonly string[] = [...new Set(catalogue.flatMap(({ steps }) => steps.map(({ action }) => action)))];

/** Many principals share a policy, so it is looked through once. */
const known = new WeakMap<PolicyDocument, ReadonlySet<string>>();

/** Actions of the catalogue that some statement of a policy allows or may allow, wherever and under any condition. */
export function grantedActions(document: PolicyDocument): ReadonlySet<string> {
  const found = known.get(document) ?? new Set(document.statements.flatMap(grantedBy));
  known.set(document, found);
  return found;
}

function grantedBy({ effect, actions, notActions }: Statement): readonly string[] {
  if (effect === 'Deny') return [];
  if (effect === 'unknown') return ACTIONS;
  if (notActions === null) return (actions ?? []).flatMap(namedBy);
  const but = new Set(notActions.flatMap(namedBy));
  return ACTIONS.filter((action) => !but.has(action));
}

/** Policies by the thousand say the same few hundred texts. */
const namedBy = remembered((pattern: string) => ACTIONS.filter((action) => actionMatches(pattern, action)));
