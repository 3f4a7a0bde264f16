import { describe, expect, test } from 'vitest';
import type { Capability } from '../../../analysis/capabilities/capability.ts';
import { catalogue } from '../../../analysis/capabilities/catalogue.ts';
import { judgeOf } from '../../../analysis/capabilities/judge.ts';
import type { GivenPolicies } from '../given_policies.ts';
import { INVENTORY, ROLE, subject, USER } from './given_subject.ts';

const ALL = { Action: '*' };

/** An action that no pattern names is granted by what is not named; that of IAM stands by itself. */
const grants = (actions: readonly string[]) =>
  actions.map((action) => (action === 'anything:AtAll' ? { NotAction: 'iam:*' } : { Action: action }));

const verdictOf = (capability: Capability, given: GivenPolicies, who = USER) =>
  judgeOf(INVENTORY, undefined, [capability])(subject(given, who))[0]?.verdict ?? 'nothing';

const actionsOf = ({ steps }: Capability) => steps.map(({ action }) => action);
const cases = catalogue.map((capability) => [capability.name, capability] as const);

describe('B4: the catalogue', () => {
  test('every name stands once and says something', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    for (const { gains, steps } of catalogue) expect(gains.length * steps.length).toBeGreaterThan(0);
  });

  describe.each(cases)('%s', (_name, capability) => {
    const actions = actionsOf(capability);
    const identity = grants(actions);

    test('is found when granted', () => {
      const found = [verdictOf(capability, { identity }), verdictOf(capability, { identity }, ROLE)];
      for (const verdict of found) expect(['allowed', 'conditional', 'possible']).toContain(verdict);
    });

    test('is not found when any one of its permissions is missing, denied, or cut by boundary or SCP', () => {
      for (const action of actions) {
        const stop = { Effect: 'Deny', Action: action };
        expect(verdictOf(capability, { identity: grants(actions.filter((one) => one !== action)) })).toBe('nothing');
        expect(verdictOf(capability, { identity: [...identity, stop] })).toBe('denied');
        expect(verdictOf(capability, { identity, boundary: [{ NotAction: action }] })).toBe('denied');
        expect(verdictOf(capability, { identity, scps: [[ALL], [{ NotAction: action }]] })).toBe('denied');
        expect(verdictOf(capability, { identity, scps: [[ALL, stop]] })).toBe('denied');
      }
    });

    test('hangs on the condition when one of its permissions does', () => {
      const open = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
      const [first, ...others] = identity;
      expect(['conditional', 'possible']).toContain(
        verdictOf(capability, { identity: [{ ...first, ...open }, ...others] }),
      );
    });

    test('is unknown when the policy that grants it cannot be understood', () => {
      expect(verdictOf(capability, { identity: [{ Effect: 'Perhaps' }] })).toBe('unknown');
    });
  });
});
