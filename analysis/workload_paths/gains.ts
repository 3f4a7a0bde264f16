import { type Grant, isPartOf } from '../authority.ts';
import type { Capability, CapabilityKind } from '../capabilities/capability.ts';
import { catalogue } from '../capabilities/catalogue.ts';
import type { Judged } from '../capabilities/judge.ts';

/** Kinds of sensitive authority, the gravest first; control of functions is the way, not the aim. */
const KINDS: readonly CapabilityKind[] = [
  'admin',
  'escalation',
  'iam_write',
  'organization',
  'assume_role',
  'sensitive_read',
  'destructive_write',
];

/** All ways to escalate count as one. */
const nameOf = ({ kind, name }: Capability): string => (kind === 'escalation' && name !== ASSUME ? kind : name);
const ASSUME = 'sts:AssumeRole';

/** What can be gained, the gravest first; its place is its bit, so a set of it is one number. */
const NAMES: readonly string[] = [
  ...new Set(KINDS.flatMap((kind) => catalogue.filter((one) => one.kind === kind).map(nameOf))),
];
const BITS: ReadonlyMap<string, number> = new Map(NAMES.map((name, index) => [name, 2 ** index]));
const ADMIN = BITS.get('admin')!;
/** Everything is what an admin has; a set of less says so by name. */
const EVERYTHING = 2 ** NAMES.length - 1;

const bitOf = ({ capability }: Judged): number => BITS.get(nameOf(capability)) ?? 0;

/** Sensitive authority that a role has, or may have, on whichever resources. */
export function authorityOfRole(judged: readonly Judged[]): number {
  return judged.filter(({ verdict }) => verdict !== 'denied').reduce((sum, one) => sum | bitOf(one), 0);
}

/** Sensitive authority that a principal has itself, so widely that no role can add to it. */
export function authorityOfItsOwn(judged: readonly Judged[]): number {
  const wide = judged.filter(({ verdict, scope }) => verdict === 'allowed' && scope !== 'named');
  const own = wide.reduce((sum, one) => sum | bitOf(one), 0);
  return (own & ADMIN) === 0 ? own : EVERYTHING;
}

/** Sensitive authority over named resources, by its bit. */
type Named = ReadonlyMap<number, readonly Grant[]>;

/** What a principal surely has on named resources, and nowhere else. */
export function namedOfItsOwn(judged: readonly Judged[]): Named {
  return namedIn(
    judged
      .filter(({ verdict }) => verdict === 'allowed')
      .map((one) => ({ ...one, grants: one.grants.filter(({ holds }) => holds === true) })),
  );
}

/** What a role has, or may have, on named resources, and nowhere else. */
export function namedOfRole(judged: readonly Judged[]): Named {
  return namedIn(judged.filter(({ verdict }) => verdict !== 'denied'));
}

/** Ways to escalate are not compared: what one leads to hangs on more than where it is granted. */
function namedIn(judged: readonly Judged[]): Named {
  const named = judged.filter(
    ({ scope, grants, capability }) => scope === 'named' && grants.length > 0 && capability.kind !== 'escalation',
  );
  return new Map(named.map((one) => [bitOf(one), one.grants]));
}

/** What is left of a gain where the principal has the same, or more, on the very resources that the role has it on. */
export function lessNamed(gain: number, role: Named, own: Named): number {
  let left = gain;
  for (const [bit, grants] of own) {
    const ofRole = role.get(bit);
    if (ofRole?.every((one) => grants.some((wide) => isPartOf(one, wide)))) left &= ~bit;
  }
  return left;
}

export function hasEverything(own: number): boolean {
  return own === EVERYTHING;
}

/** What a role has beyond the principal. */
export function gainOf(role: number, own: number): number {
  return role & ~own;
}

/** The gravest of a gain: the smaller the number the graver. */
export function gravest(gain: number): number {
  return 31 - Math.clz32(gain & -gain);
}

/** An admin gains everything, so nothing else is named. */
export function gainNames(gain: number): readonly string[] {
  return (gain & ADMIN) === 0 ? NAMES.filter((_, index) => (gain & (2 ** index)) !== 0) : ['admin'];
}
