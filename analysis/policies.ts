import type { PolicyDocument } from './policy.ts';
import { unknownStatement } from './read_statement.ts';

export interface NamedPolicy {
  readonly id: string;
  readonly document: PolicyDocument;
}

/** Policies of the root, then of each organizational unit down to the account; none when there is no organization. */
export type Levels = readonly (readonly NamedPolicy[])[];

/** All policies that have a say in a request. */
export interface Policies {
  /** Attached and inline, of the groups too. */
  readonly identity: readonly NamedPolicy[];
  readonly boundary: NamedPolicy | null;
  /** Null without session policies. */
  readonly session: readonly NamedPolicy[] | null;
  readonly scps: Levels;
  readonly rcps: Levels;
  /** Null when the resource has none. One that was not read matters only where the resource must let in. */
  readonly resource: NamedPolicy | null | 'unread';
}

/** Stands for a policy that is in force but was not read: it may allow or deny anything. */
export function unreadPolicy(id: string): NamedPolicy {
  const problem = 'the policy was not read';
  return { id, document: { version: '', statements: [unknownStatement(0, problem)], text: '', sha256: '', problem } };
}
