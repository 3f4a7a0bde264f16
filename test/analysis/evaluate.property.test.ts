import fc from 'fast-check';
import { describe, test } from 'vitest';
import { authorityOf } from '../../analysis/authority.ts';
import { contextOf } from '../../analysis/conditions/context.ts';
import { type Evaluation, evaluate } from '../../analysis/evaluate.ts';
import type { Request } from '../../analysis/request.ts';
import { ACCOUNT, OTHER_ACCOUNT } from './given_account.ts';
import { type GivenPolicies, policiesOf, type Said } from './given_policies.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const action = fc.constantFrom(
  's3:GetObject',
  's3:Get*',
  's3:*',
  '*',
  '*',
  'sqs:SendMessage',
  'kms:Decrypt',
  'sts:AssumeRole',
);
const resource = fc.constantFrom(
  '*',
  '*',
  '*',
  'arn:aws:s3:::bucket/*',
  'arn:aws:s3:::other/*',
  'arn:aws:s3:::${aws:PrincipalTag/t}/*',
);
const condition = fc.constantFrom(
  undefined,
  undefined,
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
/** Mostly the plain element, so that some requests come through all layers. */
const mostly = (name: string, values: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 4, arbitrary: values.map((value) => ({ [name]: value })) },
    { weight: 1, arbitrary: values.map((value) => ({ [`Not${name}`]: value })) },
  );
const actions = mostly('Action', action);
const resources = mostly('Resource', resource);
const effect = fc.oneof(
  { weight: 12, arbitrary: fc.constant('Allow') },
  { weight: 3, arbitrary: fc.constant('Deny') },
  { weight: 1, arbitrary: fc.constant('Perhaps') },
);
const statement = fc
  .tuple(effect, actions, resources, principal, condition)
  .map(([Effect, does, on, who, Condition]) => ({ Effect, ...does, ...on, ...who, Condition }));
const said = fc.array(statement, { maxLength: 5 });

/** Layers that cap hold something more often than not. */
const cap = fc.array(statement, { minLength: 1, maxLength: 4 });
const seldom = fc.option(cap, { freq: 1 });
const texts = fc.record({
  identity: said,
  boundary: seldom,
  sessionPolicy: seldom,
  scps: fc.array(cap, { maxLength: 1 }),
  rcps: fc.array(cap, { maxLength: 1 }),
  resource: fc.option(said),
});
interface Texts extends Required<Omit<GivenPolicies, 'resource'>> {
  readonly resource: readonly Said[] | null;
}

const request: fc.Arbitrary<Request> = fc
  .record({
    action: fc.constantFrom(
      's3:GetObject',
      's3:GetObject',
      's3:GetObject',
      'sqs:SendMessage',
      'kms:Decrypt',
      'sts:AssumeRole',
    ),
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
      known: contextOf({}),
    },
    resourceInManagementAccount: false,
    context: contextOf(x === undefined ? {} : { 'aws:x': x }),
    since: null,
  }));

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
      (given) => ({ ...given, sessionPolicy: [...(given.sessionPolicy ?? []), DENY_ALL] }),
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
        const open = { ...given, boundary: null, sessionPolicy: null };
        const narrower = [
          { ...open, boundary: more },
          { ...open, sessionPolicy: more },
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
        sessionPolicy: given.sessionPolicy && turned(given.sessionPolicy),
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

  test('asked of one resource, authority says the same as the decision without a resource policy', () => {
    const ofIdentity = request.filter((asked) => asked.action !== 'kms:Decrypt' && asked.action !== 'sts:AssumeRole');
    fc.assert(
      fc.property(ofIdentity, texts, (asked, given) => {
        const own = { ...asked, resourceAccount: ACCOUNT };
        return authorityOf(own, policiesOf(given)).verdict === decide(own, { ...given, resource: null });
      }),
      { numRuns: 400, seed: 20260105 },
    );
  });

  test('what one resource is allowed, all of its kind are not denied', () => {
    const ofObjects = request.filter((asked) => asked.resource.startsWith('arn:aws:s3'));
    fc.assert(
      fc.property(ofObjects, texts, (asked, given) => {
        const any = authorityOf({ ...asked, resource: 'arn:aws:s3:::*' }, policiesOf(given)).verdict;
        return WIDTH[any] > 0 || authorityOf(asked, policiesOf(given)).verdict === 'denied';
      }),
      { numRuns: 250, seed: 20260105 },
    );
  });
});
