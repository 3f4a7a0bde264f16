/** What a step acts on, and so which part of the inventory decides it. */
export type Target =
  /** Any resource; what there is of it was not inventoried, or does not matter. */
  | 'anything'
  /** Everything at once: a grant of less is none. */
  | 'everything'
  /** The principal’s own role, user, group or attached policy; another one is a way only for whom can use it. */
  | 'own_role'
  | 'own_user'
  | 'own_group'
  | 'own_policy'
  /** Some other principal of the account. */
  | 'other_user'
  | 'other_role'
  /** Some other role that then lets the principal in. */
  | 'role_to_assume'
  /** A role that trusts the service it is passed to. */
  | 'role_to_pass'
  /** A function that has a role. */
  | 'function'
  /** A MicroVM or its image; which there are is looked up later. */
  | 'microvm';

/** One permission that is needed. */
export interface Step {
  readonly action: string;
  readonly on: Target;
  /** Service that a role is passed to. */
  readonly service?: string;
}

export type CapabilityKind =
  | 'admin'
  | 'escalation'
  | 'sensitive_read'
  | 'destructive_write'
  | 'assume_role'
  | 'iam_write'
  | 'organization'
  | 'lambda_control';

/** Something worth knowing that a principal can do. */
export interface Capability {
  readonly name: string;
  readonly kind: CapabilityKind;
  /** What is gained, as a sentence without its subject. */
  readonly gains: string;
  /** All of them are needed. */
  readonly steps: readonly Step[];
  /** What must exist besides, and no inventory tells; the verdict is then `possible` at best. */
  readonly needs?: string;
  /** Whether the resource’s own policy must let in too, and was not read. */
  readonly resourceSide?: 'unread';
}

const PASS = 'iam:PassRole';

/** An escalation is named by its permissions: whoever reads the name knows which one to take away. */
export function escalation(gains: string, steps: readonly Step[], needs?: string): Capability {
  const name = steps.map(({ action }) => action).join(' + ');
  return { name, kind: 'escalation', gains, steps, ...(needs === undefined ? {} : { needs }) };
}

/** Passes a role to a service and makes code run there. */
export function passing(service: string, gains: string, actions: readonly string[], needs?: string): Capability {
  const run = actions.map((action): Step => ({ action, on: 'anything' }));
  return escalation(gains, [{ action: PASS, on: 'role_to_pass', service }, ...run], needs);
}

/** Uses something that runs with a role already. */
export function existing(needs: string, gains: string, actions: readonly string[]): Capability {
  return escalation(
    gains,
    actions.map((action) => ({ action, on: 'anything' })),
    needs,
  );
}
