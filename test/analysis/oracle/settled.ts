import type { Said } from '../given_policies.ts';
import { type RandomCase, USER } from './random_case.ts';

export interface Settled {
  /** What AWS's documentation says, and where. */
  readonly name: string;
  readonly given: RandomCase;
  readonly decision: 'allowed' | 'denied' | 'conditional';
}

const OBJECT = 'arn:aws:s3:::bucket/file';

/** A user reads an object by one statement. */
const reads = (said: Said, context: RandomCase['context'] = {}): RandomCase => ({
  principal: USER,
  action: 's3:GetObject',
  resource: OBJECT,
  resourceAccount: '111122223333',
  context,
  identity: [
    { Effect: 'Allow', Action: 's3:GetObject', ...('NotResource' in said ? {} : { Resource: OBJECT }), ...said },
  ],
  boundary: null,
  sessionPolicy: null,
  scps: [],
  rcps: [],
  resourcePolicy: null,
});

/** Requests where the other simulator says something else than AWS's documentation. */
export const settled: readonly Settled[] = [
  {
    name: 'Variables and tags, Policy variables with no value: NotResource with one matches no resource',
    given: reads({ NotResource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' }, { 'aws:PrincipalTag/team': null }),
    decision: 'allowed',
  },
  {
    name: 'Variables and tags, special characters: ${*} is a plain asterisk in StringEquals too',
    given: reads(
      { Condition: { StringEquals: { 'aws:PrincipalTag/team': '${*}' } } },
      { 'aws:PrincipalTag/team': '*' },
    ),
    decision: 'allowed',
  },
  {
    name: 'Condition operators, IP address: an IPv6 address is not an IPv4 address',
    given: reads(
      { Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.1' } } },
      { 'aws:SourceIp': '2001:db8::1' },
    ),
    decision: 'allowed',
  },
  {
    name: 'Condition operators, IP address: 0.0.0.0/0 is every IPv4 address',
    given: reads({ Condition: { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }, { 'aws:SourceIp': '203.0.113.7' }),
    decision: 'denied',
  },
  {
    name: 'Condition operators, Date: a number is seconds since 1970',
    given: reads(
      { Condition: { DateGreaterThan: { 'aws:CurrentTime': '1767571200' } } },
      { 'aws:CurrentTime': '2026-01-05T00:00:00Z' },
    ),
    decision: 'denied',
  },
  {
    name: 'Condition operators, IfExists, and Set operators say different things of ForAnyValue without the key',
    given: reads(
      { Condition: { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'cost' } } },
      { 'aws:TagKeys': null },
    ),
    decision: 'conditional',
  },
];
