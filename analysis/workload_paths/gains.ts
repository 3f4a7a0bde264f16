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
