import type { CollectedPolicy } from './collected.ts';
import { parseDocument } from './document.ts';
import { type NamedPolicy, unreadPolicy } from './policies.ts';
import type { DocumentKind, PolicyDocument } from './policy.ts';

export interface ReadPolicy {
  readonly policy: CollectedPolicy;
  readonly document: PolicyDocument;
}

/** Reads each text once: roles by the thousand have the same trust policy, and what is looked up in it is kept by it. */
export function documentReader(kind: DocumentKind): (text: string) => PolicyDocument {
  const known = new Map<string, PolicyDocument>();
  return (text) => {
    const document = known.get(text) ?? parseDocument(text, kind);
    known.set(text, document);
    return document;
  };
}

/** Policies in force by their ids; one that was not read stands for anything. */
export function policyReader(read: readonly ReadPolicy[]): (id: string) => NamedPolicy {
  const inForce = read.filter(({ policy }) => policy.is_default);
  const known = new Map(inForce.map(({ policy, document }) => [policy.policy_id, { id: policy.policy_id, document }]));
  return (id) => {
    const policy = known.get(id) ?? unreadPolicy(id);
    known.set(id, policy);
    return policy;
  };
}
