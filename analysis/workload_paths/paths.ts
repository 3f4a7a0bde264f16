import type { Authority, Grant } from '../authority.ts';
import type { Step } from '../capabilities/capability.ts';
import { grantedActions } from '../capabilities/granted.ts';
import type { Inventory, Subject } from '../capabilities/inventory.ts';
import type { Judged } from '../capabilities/judge.ts';
import type { Permissions } from '../capabilities/permissions.ts';
import { remembered } from '../capabilities/remembered.ts';
import type { CollectedAccount } from '../collected.ts';
import type { Surroundings } from '../surroundings.ts';
import type { TrustEdge } from '../trust_edges.ts';
import { foreignPaths } from './foreign.ts';
import {
  authorityOfItsOwn,
  authorityOfRole,
  gainOf,
  hasEverything,
  lessNamed,
  namedOfItsOwn,
  namedOfRole,
} from './gains.ts';
import { type Method, methods } from './methods.ts';
import { type Reaches, reachIn } from './reach.ts';
import { blockedIn, type Open, openIn, type PathStep, rowsOf, stepOf, type Way, type WorkloadPath } from './row.ts';
import { workloadsIn } from './workloads.ts';

interface JudgedSubject {
  readonly subject: Subject;
  readonly judged: readonly Judged[];
}

interface Given {
  readonly collected: CollectedAccount;
  readonly inventory: Inventory;
  readonly permissions: Permissions;
  readonly subjects: readonly JudgedSubject[];
  readonly trusts: readonly TrustEdge[];
  readonly surroundings: Surroundings;
}

/**
 * Who can make code run as which role, and what that gives them beyond their own authority: users and roles by their
 * policies, others by the policies of functions. What leads nowhere, or to nothing new, has no row.
 * Pages: Lambda execution role; Grant a user permissions to pass a role to an AWS service.
 */
export function workloadPathRows(given: Given): readonly WorkloadPath[] {
  const { collected, inventory, permissions, subjects } = given;
  const ofRoles = new Map(subjects.map(({ subject, judged }) => [subject.requester.arn, authorityOfRole(judged)]));
  const own = new Map(subjects.map(({ subject, judged }) => [subject.requester.arn, authorityOfItsOwn(judged)]));
  const left = namedGains(subjects);
  const reach = reachIn(workloadsIn(collected.functions, inventory.roles), (arn) => ofRoles.get(arn) ?? 0);
  const starts = startsOf(given.trusts);
  const byPolicies = subjects.flatMap(({ subject }) => {
    const { requester } = subject;
    if (requester.isServiceLinked || hasEverything(own.get(requester.arn)!)) return [];
    const asked: Asked = {
      permission: permissions(subject),
      reach,
      way: {
        accountId: inventory.accountId,
        principalArn: requester.arn,
        own: own.get(requester.arn)!,
        left: left(requester.arn),
        start: starts.get(requester.arn) ?? [],
        open: given.surroundings.covered || requester.inManagementAccount ? [] : [UNREAD_SCPS],
      },
    };
    return oncePerRole(hopeful(subject).flatMap((method) => pathsBy(method, asked)));
  });
  const gained = (principalArn: string, roleArn: string) =>
    left(principalArn)(gainOf(ofRoles.get(roleArn) ?? 0, own.get(principalArn) ?? 0), roleArn);
  return oncePerRole([...byPolicies, ...foreignPaths(collected, given.surroundings, gained)]);
}

/** Named grants are looked up only where they matter: of few roles, and of principals who can come to them. */
function namedGains(subjects: readonly JudgedSubject[]): (principalArn: string) => Way['left'] {
  const judged = new Map(subjects.map((one) => [one.subject.requester.arn, one.judged]));
  const ofRole = remembered((arn: string) => namedOfRole(judged.get(arn) ?? []));
  const ofItsOwn = remembered((arn: string) => namedOfItsOwn(judged.get(arn) ?? []));
  return (principalArn) => (gain, roleArn) => lessNamed(gain, ofRole(roleArn), ofItsOwn(principalArn));
}

const UNREAD_SCPS: Open = { because: 'the control policies of the organization were not read' };
const UNDECIDED: Open = { because: 'a policy variable that is not known decides' };
const INPUT: Open = { because: 'only the input is chosen: the code of the function decides what it does with it' };

interface Asked {
  readonly permission: (step: Step) => Authority;
  readonly reach: Reaches;
  readonly way: {
    readonly accountId: string;
    readonly principalArn: string;
    readonly own: number;
    readonly left: Way['left'];
    readonly start: readonly PathStep[];
    readonly open: readonly Open[];
  };
}

/** Methods whose control stands in some policy of the principal. */
function hopeful({ policies }: Subject): readonly Method[] {
  const granted = policies.identity.map(({ document }) => grantedActions(document));
  return methods.filter(({ control }) => granted.some((actions) => actions.has(control.action)));
}

/** Of two rows for the same role the first, which misses nothing, says more. */
function oncePerRole(rows: readonly WorkloadPath[]): readonly WorkloadPath[] {
  const known = new Map<string, WorkloadPath>();
  for (const row of rows) {
    const key = `${row.principal_arn} ${row.method} ${row.role_arn}`;
    if (!known.has(key)) known.set(key, row);
  }
  return [...known.values()];
}

function pathsBy(method: Method, asked: Asked): readonly WorkloadPath[] {
  const { action, of } = method.control;
  const control = asked.permission({ action, on: onOf(method) });
  if (control.verdict === 'denied') return [];
  return method.passes === undefined
    ? byControl(method, control, asked)
    : byPassing(method, control, asked, of === null);
}

const onOf = ({ control: { of } }: Method): Step['on'] => {
  if (of === null) return 'anything';
  return of === 'images' || of === 'microvms' ? 'microvm' : 'function';
};

function byControl(method: Method, control: Authority, { reach, way }: Asked): readonly WorkloadPath[] {
  const { action, of } = method.control;
  const open = [...way.open, ...(method.onlyInput ? [INPUT] : [])];
  const blocked = blockedIn(control);
  const found = { ...way, method: method.name, steps: way.start, to: action, open, blocked };
  return rowsOf({ ...found, missing: method.missing ?? null }, reach.by(of!, control));
}

const PASS = 'iam:PassRole';
const LAMBDA = 'lambda.amazonaws.com';

/** A role is passed to what is made, or to a function that can be changed; then something must start it. */
function byPassing(method: Method, control: Authority, asked: Asked, isNew: boolean): readonly WorkloadPath[] {
  const { permission, reach, way } = asked;
  if (!isNew && reach.by('functions', control).groups.length === 0) return [];
  const pass = permission({ action: PASS, on: 'role_to_pass', service: LAMBDA });
  const start = startedBy(method, permission);
  const steps = [...way.start, stepOf(method.control.action, best(control)), ...(start?.steps ?? [])];
  const open = [...way.open, ...openOf(control), ...(start?.open ?? [])];
  const found = { ...way, method: method.name, steps, open, blocked: blockedIn(pass) };
  if (pass.verdict !== 'denied') {
    const missing = start === null ? `${method.starts!.join(' or ')}, to start it` : null;
    return rowsOf({ ...found, to: PASS, missing }, reach.by('roles', pass));
  }
  if (!isNew || start === null) return [];
  return rowsOf({ ...found, to: null, missing: missingPass(permission) }, reach.all('roles'));
}

/** Whether PassRole is missing at all, or only for Lambda. */
function missingPass(permission: Asked['permission']): string {
  const anyService = permission({ action: PASS, on: 'role_to_pass' });
  return anyService.verdict === 'denied' ? PASS : `${PASS} to ${LAMBDA}: iam:PassedToService names other services only`;
}

/** The best of what starts it; null when nothing does. */
function startedBy(
  { starts }: Method,
  permission: Asked['permission'],
): { readonly steps: readonly PathStep[]; readonly open: readonly Open[] } | null {
  if (starts === undefined) return { steps: [], open: [] };
  const found = starts.map((action) => ({ action, authority: permission({ action, on: 'function' }) }));
  const chosen =
    found.find(({ authority }) => authority.verdict === 'allowed') ??
    found.find(({ authority }) => authority.verdict === 'conditional');
  if (chosen === undefined) return null;
  return { steps: [stepOf(chosen.action, best(chosen.authority))], open: openOf(chosen.authority) };
}

function best({ grants }: Authority): Grant | null {
  return grants.find(({ holds }) => holds === true) ?? grants[0] ?? null;
}

/** Why a step may fail; never empty when it may. */
function openOf(authority: Authority): readonly Open[] {
  const grant = best(authority);
  if (grant === null || grant.holds === true) return [];
  const told = [...openIn(grant), ...blockedIn(authority)];
  return told.length === 0 ? [UNDECIDED] : told;
}

/** How a pipeline comes to its role: by the token of an identity provider. */
function startsOf(trusts: readonly TrustEdge[]): ReadonlyMap<string, readonly PathStep[]> {
  const byToken = trusts.filter(({ trusted }) => trusted.includes(':oidc-provider/'));
  return new Map(
    byToken.map(({ role_arn, trusted, condition }) => [
      role_arn,
      [
        {
          action: 'sts:AssumeRoleWithWebIdentity',
          on: [trusted, ...(condition === null ? [] : [condition])],
          by: null,
        },
      ],
    ]),
  );
}
