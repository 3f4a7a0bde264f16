import fc from 'fast-check';
import { describe, test } from 'vitest';
import { contextOf } from '../../analysis/conditions/context.ts';
import { parseDocument } from '../../analysis/document.ts';
import { type Evaluation, evaluate } from '../../analysis/evaluate.ts';
import type { NamedPolicy, Policies } from '../../analysis/policies.ts';
import type { Request } from '../../analysis/request.ts';
import { ACCOUNT, OTHER_ACCOUNT } from './given_account.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const action = fc.constantFrom(
  's3:GetObject',
  's3:Get*',
  's3:*',
  '*',
  'sqs:SendMessage',
  'kms:Decrypt',
  'sts:AssumeRole',
);
const resource = fc.constantFrom(
  '*',
  'arn:aws:s3:::bucket/*',
  'arn:aws:s3:::other/*',
  'arn:aws:s3:::${aws:PrincipalTag/t}/*',
);
const condition = fc.constantFrom(
  undefined,
  { StringEquals: { 'aws:x': '1' } },
  { StringNotEquals: { 'aws:x': '1' } },
  { Bool: { 'aws:unknown': 'true' } },
);
const principal = fc.constantFrom(
  { Principal: '*' },
  { Principal: { AWS: ROLE } },
  { Principal: { AWS: ACCOUNT } },
  { NotPrincipal: { AWS: ROLE } },
  { Principal: { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/app/one` } },
);
const actions = fc.oneof(
  action.map((Action) => ({ Action })),
  action.map((NotAction) => ({ NotAction })),
);
const resources = fc.oneof(
  resource.map((Resource) => ({ Resource })),
  resource.map((NotResource) => ({ NotResource })),
);
const effect = fc.constantFrom('Allow', 'Allow', 'Deny', 'Perhaps');
const statement = fc
  .tuple(effect, actions, resources, principal, condition)
  .map(([Effect, does, on, who, Condition]) => ({ Effect, ...does, ...on, ...who, Condition }));
type Said = Readonly<Record<string, unknown>>;
const said = fc.array(statement, { maxLength: 4 });

interface Texts {
  readonly identity: readonly Said[];
  readonly boundary: readonly Said[] | null;
  readonly session: readonly Said[] | null;
  readonly scps: readonly (readonly Said[])[];
  readonly rcps: readonly (readonly Said[])[];
  readonly resource: readonly Said[] | null;
}

const texts: fc.Arbitrary<Texts> = fc.record({
  identity: said,
  boundary: fc.option(said),
  session: fc.option(said),
  scps: fc.array(said, { maxLength: 2 }),
  rcps: fc.array(said, { maxLength: 2 }),
  resource: fc.option(said),
});

const request: fc.Arbitrary<Request> = fc
  .record({
    action: fc.constantFrom('s3:GetObject', 'sqs:SendMessage', 'kms:Decrypt', 'sts:AssumeRole'),
    resource: fc.constantFrom('arn:aws:s3:::bucket/file', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`),
    resourceAccount: fc.constantFrom(ACCOUNT, OTHER_ACCOUNT),
    x: fc.constantFrom('1', '2', null, undefined),
  })
  .map(({ x, ...asked }) => ({
    ...asked,
    requester: {
      kind: 'role',
      arn: ROLE,
      accountId: ACCOUNT,
      sessionArn: null,
      isServiceLinked: false,
      inManagementAccount: false,
    },
    resourceInManagementAccount: false,
    context: contextOf(x === undefined ? {} : { 'aws:x': x }),
    since: null,
  }));

function policyOf(statements: readonly Said[], kind: 'identity' | 'resource' = 'identity'): NamedPolicy {
  return { id: 'p', document: parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind) };
}

function policiesOf(given: Texts): Policies {
  return {
    identity: [policyOf(given.identity)],
    boundary: given.boundary === null ? null : policyOf(given.boundary),
    session: given.session === null ? null : [policyOf(given.session)],
    scps: given.scps.map((level) => [policyOf(level)]),
    rcps: given.rcps.map((level) => [policyOf(level)]),
    resource: given.resource === null ? null : policyOf(given.resource, 'resource'),
  };
}

const decide = (asked: Request, given: Texts) => evaluate(asked, policiesOf(given)).decision;
const WIDTH: Record<Evaluation['decision'], number> = { denied: 0, conditional: 1, allowed: 2 };
const holdsFor = (property: (asked: Request, given: Texts) => boolean) =>
  fc.assert(fc.property(request, texts, property), { numRuns: 250, seed: 20260105 });

const DENY_ALL = { Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' };
const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' };

describe('B3: what holds for all policies', () => {
  test('a Deny of everything dominates, wherever it stands', () => {
    const places: readonly ((given: Texts) => Texts)[] = [
      (given) => ({ ...given, identity: [...given.identity, DENY_ALL] }),
      (given) => ({ ...given, boundary: [...(given.boundary ?? []), DENY_ALL] }),
      (given) => ({ ...given, session: [...(given.session ?? []), DENY_ALL] }),
      (given) => ({ ...given, scps: [...given.scps, [DENY_ALL]] }),
      (given) => ({ ...given, resource: [...(given.resource ?? []), DENY_ALL] }),
    ];
    holdsFor((asked, given) => places.every((place) => decide(asked, place(given)) === 'denied'));
  });

  test('one more Allow never takes away', () => {
    fc.assert(
      fc.property(request, texts, statement, (asked, given, more) => {
        const one = { ...more, Effect: 'Allow' };
        const wider = [
          { ...given, identity: [...given.identity, one] },
          ...(given.boundary === null ? [] : [{ ...given, boundary: [...given.boundary, one] }]),
          ...(given.resource === null ? [] : [{ ...given, resource: [...given.resource, one] }]),
        ];
        return wider.every((each) => WIDTH[decide(asked, each)] >= WIDTH[decide(asked, given)]);
      }),
      { numRuns: 250, seed: 20260105 },
    );
  });

  test('a boundary, a session policy, an SCP or an RCP never widens', () => {
    fc.assert(
      fc.property(request, texts, said, (asked, given, more) => {
        const open = { ...given, boundary: null, session: null };
        const narrower = [
          { ...open, boundary: more },
          { ...open, session: more },
          { ...open, scps: [...open.scps, more] },
          { ...open, rcps: [...open.rcps, more] },
        ];
        return narrower.every((each) => WIDTH[decide(asked, each)] <= WIDTH[decide(asked, open)]);
      }),
      { numRuns: 250, seed: 20260105 },
    );
  });

  test('an SCP that allows everything changes nothing', () => {
    holdsFor(
      (asked, given) => decide(asked, { ...given, scps: [...given.scps, [ALLOW_ALL]] }) === decide(asked, given),
    );
  });

  test('the case of actions never matters', () => {
    const shouted = (list: readonly Said[]) =>
      list.map(
        (one) =>
          JSON.parse(
            JSON.stringify(one, (key, value) => (/Action$/.test(key) ? String(value).toUpperCase() : value)),
          ) as Said,
      );
    holdsFor((asked, given) => {
      const other = { ...given, identity: shouted(given.identity), scps: given.scps.map(shouted) };
      return decide({ ...asked, action: asked.action.toLowerCase() }, other) === decide(asked, given);
    });
  });

  test('the order of statements never matters', () => {
    const turned = (list: readonly Said[]) => [...list].reverse();
    holdsFor((asked, given) => {
      const other = {
        identity: turned(given.identity),
        boundary: given.boundary && turned(given.boundary),
        session: given.session && turned(given.session),
        scps: [...given.scps].reverse().map(turned),
        rcps: given.rcps.map(turned),
        resource: given.resource && turned(given.resource),
      };
      return decide(asked, other) === decide(asked, given);
    });
  });

  test('one statement of two actions is two statements of one', () => {
    fc.assert(
      fc.property(request, texts, action, action, (asked, given, one, two) => {
        const allow = (Action: unknown) => ({ Effect: 'Allow', Action, Resource: '*' });
        const joined = { ...given, identity: [...given.identity, allow([one, two])] };
        const split = { ...given, identity: [...given.identity, allow(one), allow(two)] };
        return decide(asked, joined) === decide(asked, split);
      }),
      { numRuns: 250, seed: 20260105 },
    );
  });

  test('what is left open turns out one way or the other, never to be closed when it was sure', () => {
    fc.assert(
      fc.property(request, texts, fc.constantFrom('1', '2'), (asked, given, x) => {
        const before = decide({ ...asked, context: contextOf({}) }, given);
        const after = decide({ ...asked, context: contextOf({ 'aws:x': x }) }, given);
        return before === 'conditional' || before === after;
      }),
      { numRuns: 250, seed: 20260105 },
    );
  });
});
