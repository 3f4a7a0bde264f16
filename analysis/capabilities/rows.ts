import type { capabilities } from '../../tables/capabilities.ts';
import type { RowOf } from '../../tables/table.ts';
import type { Deciding } from '../evaluate.ts';
import type { Layer } from '../hearing.ts';
import type { NamedPolicy } from '../policies.ts';
import type { Subject } from './inventory.ts';
import type { Judged } from './judge.ts';

type CapabilityRow = RowOf<typeof capabilities>;

/**
 * Rows of a principal. What is denied is worth a row only where it was granted and something stops it.
 * @param covered whether the control policies of the organization were read; without them nothing is `allowed`.
 */
export function capabilityRows(subject: Subject, judged: readonly Judged[], covered: boolean): CapabilityRow[] {
  const { arn, accountId, isServiceLinked, inManagementAccount } = subject.requester;
  const isBound = !isServiceLinked && !inManagementAccount;
  const open = isBound && !covered;
  return judged.filter(isWorthARow).map((one) => {
    const blocked = [
      ...one.blockedBy.map(shown),
      ...lackingPolicies(one.lacks, subject.policies),
      ...(open ? [UNREAD_SCPS] : []),
    ];
    return {
      account_id: accountId,
      region: 'global',
      principal_arn: arn,
      capability: one.capability.name,
      verdict: open && one.verdict === 'allowed' ? 'conditional' : one.verdict,
      scope: one.scope,
      resource_side: one.resourceSide,
      granted_by: grantedBy(one),
      blocked_by: blocked.length === 0 ? null : JSON.stringify(blocked),
      kind: one.capability.kind,
      explanation: explained(one, open),
    };
  });
}

/** Principals of whom the same is known share the text too. */
const texts = new WeakMap<readonly Deciding[], string>();

function grantedBy({ grantedBy: statements }: Judged): string {
  const text = texts.get(statements) ?? JSON.stringify(statements.map(shown));
  texts.set(statements, text);
  return text;
}

function isWorthARow({ verdict, blockedBy, lacks, resourceSide }: Judged): boolean {
  return verdict !== 'denied' || blockedBy.length > 0 || lacks.length > 0 || resourceSide === 'denies';
}

/** A statement, or a whole policy where none of its statements speaks. */
interface Shown {
  readonly layer: Layer;
  readonly policy_id: string;
  readonly position: number | null;
  readonly sid: string | null;
}

const UNREAD_SCPS: Shown = { layer: 'scp', policy_id: 'not read', position: null, sid: null };

function shown({ layer, policy_id, position, sid }: Deciding): Shown {
  return { layer, policy_id, position, sid };
}

function lackingPolicies(lacks: readonly Layer[], { boundary, scps, rcps }: Subject['policies']): readonly Shown[] {
  const found: Partial<Record<Layer, readonly NamedPolicy[]>> = {
    boundary: boundary === null ? [] : [boundary],
    scp: scps.flat(),
    rcp: rcps.flat(),
  };
  return lacks.flatMap((layer) =>
    (found[layer] ?? []).map(({ id }) => ({ layer, policy_id: id, position: null, sid: null })),
  );
}

/** What is gained, then what the verdict hangs on. */
function explained(one: Judged, open: boolean): string {
  return [one.capability.gains, ...reasons(one, open)].join('; ');
}

function reasons({ capability, verdict, resourceSide, blockedBy, lacks }: Judged, open: boolean): readonly string[] {
  if (verdict === 'denied') return [resourceSide === 'denies' ? NOT_LET_IN : STOPPED];
  const known: (string | false)[] = [
    verdict === 'unknown' && 'a policy that was not read or cannot be understood decides',
    verdict === 'possible' && (capability.needs === undefined ? NO_TARGET : `there must be ${capability.needs}`),
    verdict === 'conditional' && (capability.resourceSide === 'unread' ? KEY_POLICY : 'it hangs on a condition'),
    blockedBy.length + lacks.length > 0 && 'not on everything: a Deny narrows it, or may',
    open && 'the control policies of the organization were not read',
  ];
  return known.filter((reason) => reason !== false);
}

const STOPPED = 'granted, and stopped';
const NOT_LET_IN = 'granted, but no role lets it in';
const NO_TARGET = 'there is nothing yet, or nothing that was read, to do it on';
const KEY_POLICY = 'the policy of the key must let it in too, and was not read';
