import type { Evaluation } from '../../../analysis/evaluate.ts';
import type { Layer } from '../../../analysis/hearing.ts';
import type { RequesterKind } from '../../../analysis/request.ts';
import { ACCOUNT } from '../given_account.ts';
import type { GivenPolicies, Said } from '../given_policies.ts';

export interface Given extends GivenPolicies {
  readonly as?: RequesterKind;
  readonly session?: string;
  readonly serviceLinked?: boolean;
  readonly managementAccount?: boolean;
  /** Condition keys that go with the requester. */
  readonly known?: Readonly<Record<string, string | null>>;
  readonly does?: string;
  readonly on?: string;
  readonly of?: string;
  readonly resourceInManagementAccount?: boolean;
  readonly knowing?: Readonly<Record<string, string | readonly string[] | null>>;
}

export type EvaluationCase = readonly [
  name: string,
  given: Given,
  decision: Evaluation['decision'],
  lacks?: readonly Layer[],
];

/** Cases by the page of AWS's documentation that says so. */
export type EvaluationCases = Readonly<Record<string, readonly EvaluationCase[]>>;

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
export const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const OBJECT = 'arn:aws:s3:::bucket/file';
export const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
export const TARGET = `arn:aws:iam::${ACCOUNT}:role/target`;

export const READ = { Action: 's3:GetObject' };
export const DENY = { Effect: 'Deny', Action: 's3:GetObject' };
export const ALL = { Action: '*' };
export const when = (condition: object, said: Said = READ): Said => ({ ...said, Condition: condition });
export const OPEN = { StringEquals: { 'aws:RequestTag/x': 'y' } };
export const to = (principal: unknown, said: Said = READ): Said => ({ ...said, Principal: principal });
export const but = (principal: unknown, said: Said): Said => ({ ...said, NotPrincipal: principal });
export const UNCLEAR = { Effect: 'Perhaps', Action: '*' };

/** Several requests to the same policies. */
export const asked = (policies: Given, ...requests: readonly EvaluationCase[]): readonly EvaluationCase[] =>
  requests.map(([name, given, ...expected]) => [name, { ...policies, ...given }, ...expected]);
