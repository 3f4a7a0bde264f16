import { namesAction } from '../applies.ts';
import { grouped } from '../grouped.ts';
import type { PolicyDocument, Statement } from '../policy.ts';
import { catalogue } from './catalogue.ts';

/** Every action of the catalogue, by service. */
const ACTIONS = grouped(new Set(catalogue.flatMap(({ steps }) => steps.map(({ action }) => action))), (action) =>
  action.split(':')[0]!.toLowerCase(),
);

/** Many principals share a policy, so it is looked through once. */
const known = new WeakMap<PolicyDocument, ReadonlySet<string>>();

/** Actions of the catalogue that some statement of a policy allows or may allow, wherever and under any condition. */
export function grantedActions(document: PolicyDocument): ReadonlySet<string> {
  const found = known.get(document) ?? new Set(document.statements.flatMap(grantedBy));
  known.set(document, found);
  return found;
}

function grantedBy(statement: Statement): readonly string[] {
  if (statement.effect === 'Deny') return [];
  return candidates(statement).filter((action) => statement.effect === 'unknown' || namesAction(statement, action));
}

/** Actions worth comparing: those of the services that the statement names, all of them if it names none for sure. */
function candidates({ actions }: Statement): readonly string[] {
  const services = actions?.map((action) => action.toLowerCase().split(':')[0]!) ?? ['*'];
  if (services.some((service) => /[*?]/.test(service))) return [...ACTIONS.values()].flat();
  return [...new Set(services)].flatMap((service) => ACTIONS.get(service) ?? []);
}
