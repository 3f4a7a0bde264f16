import fc from 'fast-check';
import { ACCOUNT, OTHER_ACCOUNT } from '../given_account.ts';
import type { Said } from '../given_policies.ts';

/** A request of which everything is known, and all policies that have a say. */
export interface RandomCase {
  /** User, or session of a role. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  /** Every key that a condition asks for; null: not in the request. */
  readonly context: Readonly<Record<string, string | readonly string[] | null>>;
  readonly identity: readonly Said[];
  readonly boundary: readonly Said[] | null;
  readonly sessionPolicy: readonly Said[] | null;
  readonly scps: readonly (readonly Said[])[];
  /** Beside the RCPFullAWSAccess that is always attached, so they only deny. */
  readonly rcps: readonly (readonly Said[])[];
  readonly resourcePolicy: readonly Said[] | null;
}

export const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`;

/** Action and the resource that it is asked of. */
const REQUESTS = [
  ['s3:GetObject', 'arn:aws:s3:::bucket/home/ann/file'],
  ['s3:ListBucket', 'arn:aws:s3:::bucket'],
  ['s3:DeleteObject', 'arn:aws:s3:::bucket/Home/File'],
  ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:OWNER:queue'],
  ['dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-1:OWNER:table/orders'],
  ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:OWNER:secret:db-AbCdEf'],
  ['kms:Decrypt', 'arn:aws:kms:eu-west-1:OWNER:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
] as const;

const ACTIONS = REQUESTS.map(([action]) => action);
const actionPattern = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ACTIONS) },
  { weight: 3, arbitrary: fc.constantFrom('*', '*', 's3:*', 's3:Get*', 's3:?etObject', 'SQS:sendmessage') },
  { weight: 1, arbitrary: fc.constantFrom('iam:*', 's3:*Object', 'dynamodb:Get*', 'kms:*', 'secretsmanager:*Value') },
);
const resourcePattern = fc.oneof(
  { weight: 5, arbitrary: fc.constant('*') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'arn:aws:s3:::*',
      'arn:aws:s3:::bucket',
      'arn:aws:s3:::bucket/*',
      'arn:aws:s3:::bucket/home/*',
      'arn:aws:s3:::bucket/home/${aws:PrincipalTag/team}/*',
      "arn:aws:s3:::bucket/home/${aws:PrincipalTag/team, 'ann'}/*",
      'arn:aws:s3:::bucket/*/file',
      'arn:aws:s3:::other/*',
      'arn:aws:sqs:*:*:queue',
      'arn:aws:sqs:eu-west-?:*:q*',
      'arn:aws:dynamodb:*:*:table/*',
    ),
  },
);

const context = fc.record({
  'aws:PrincipalTag/team': fc.constantFrom('ann', 'Ann', '*', null),
  'aws:RequestedRegion': fc.constantFrom('eu-west-1', 'us-east-1'),
  'aws:SourceIp': fc.constantFrom('203.0.113.7', '198.51.100.1', null),
  'aws:SecureTransport': fc.constantFrom('true', 'false'),
  'aws:MultiFactorAuthAge': fc.constantFrom('30', '3600', '3600.5', null),
  'aws:CurrentTime': fc.constantFrom('2026-01-05T00:00:00Z', '2025-06-30T12:00:00Z'),
  'aws:SourceArn': fc.constantFrom('arn:aws:sns:eu-west-1:111122223333:topic', 'arn:aws:s3:::source', null),
  'aws:TagKeys': fc.constantFrom(['team'], ['team', 'cost'], ['Team', 'owner'], null),
});

/** Operators by key, with values that some request has. */
const CONDITIONS: readonly (readonly [key: string, operators: readonly string[], values: readonly string[]])[] = [
  [
    'aws:PrincipalTag/team',
    [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    ['ann', 'a*', '?nn', 'bob', '*'],
  ],
  ['AWS:requestedregion', ['StringEquals', 'StringNotEquals', 'StringLike'], ['eu-west-1', 'eu-*', 'us-east-1']],
  ['aws:SourceIp', ['IpAddress', 'NotIpAddress'], ['203.0.113.0/24', '198.51.100.1', '198.51.0.0/16']],
  ['aws:SecureTransport', ['Bool'], ['true', 'false']],
  [
    'aws:MultiFactorAuthAge',
    [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
    ],
    ['30', '3600', '3600.5', '-1'],
  ],
  [
    'aws:CurrentTime',
    ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
    ['2026-01-05T00:00:00Z', '2025-06-30T12:00:00Z', '2025-12-01T00:00:00Z'],
  ],
  [
    'aws:SourceArn',
    ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    ['arn:aws:sns:*:111122223333:*', 'arn:aws:s3:::source', 'arn:aws:s3:::s?urce', 'arn:aws:sns:eu-west-1:*:Topic'],
  ],
  [
    'aws:TagKeys',
    [
      'ForAllValues:StringEquals',
      'ForAnyValue:StringEquals',
      'ForAllValues:StringLike',
      'ForAnyValue:StringLike',
      'ForAllValues:StringNotEquals',
      'ForAnyValue:StringNotEquals',
    ],
    ['team', 'cost', '*e*', 'owner'],
  ],
];

/** What ForAnyValue and IfExists mean together, AWS leaves open. */
const ifExists = (operator: string) => (operator.startsWith('ForAny') ? operator : `${operator}IfExists`);

const oneCondition = fc.constantFrom(...CONDITIONS).chain(([key, operators, values]) =>
  fc
    .record({
      operator: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...operators) },
        { weight: 2, arbitrary: fc.constantFrom(...operators).map(ifExists) },
        { weight: 1, arbitrary: fc.constant('Null') },
      ),
      given: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
      isNull: fc.constantFrom('true', 'false'),
    })
    .map(({ operator, given, isNull }) => ({ [operator]: { [key]: operator === 'Null' ? isNull : given } })),
);
const condition = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: oneCondition.map((Condition) => ({ Condition })) },
  {
    weight: 1,
    arbitrary: fc.tuple(oneCondition, oneCondition).map(([one, other]) => ({ Condition: { ...one, ...other } })),
  },
);

/** Mostly the plain element; one text or a list of them. */
const element = (name: string, pattern: fc.Arbitrary<string>, notPattern = pattern) => {
  const values = (one: fc.Arbitrary<string>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
  return fc.oneof(
    { weight: 6, arbitrary: values(pattern).map((value) => ({ [name]: value })) },
    { weight: 1, arbitrary: values(notPattern).map((value) => ({ [`Not${name}`]: value })) },
  );
};
const hasValue = (pattern: string) => !pattern.includes('team}');
const anyAction: fc.Arbitrary<Said> = element('Action', actionPattern);
const statementOf = (effect: fc.Arbitrary<string>, who: fc.Arbitrary<Said>, does = anyAction): fc.Arbitrary<Said> =>
  fc
    .tuple(effect, does, element('Resource', resourcePattern, resourcePattern.filter(hasValue)), condition, who)
    .map(([Effect, action, resource, conditions, principal]) => ({
      Effect,
      ...action,
      ...resource,
      ...conditions,
      ...principal,
    }));

const effect = fc.oneof({ weight: 5, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') });
const nobody = fc.constant({});
const own = fc.array(statementOf(effect, nobody), { minLength: 1, maxLength: 4 });
const ALLOW_ALL: Said = { Effect: 'Allow', Action: '*', Resource: '*' };
/** Caps let most through, or else nothing would ever be allowed. */
const cap = fc.oneof(
  own,
  own.map((said) => [ALLOW_ALL, ...said]),
  fc.constant([ALLOW_ALL]),
);
/** RCPs name actions of some services only. */
const inRcps = fc
  .constantFrom('s3:*', 's3:Get*', 'sqs:*', 'kms:Decrypt', 'secretsmanager:*')
  .map((Action) => ({ Action }));
const denials = fc.array(statementOf(fc.constant('Deny'), fc.constant({ Principal: '*' }), inRcps), {
  minLength: 1,
  maxLength: 2,
});
const principal = fc.constantFrom<Said>(
  { Principal: '*' },
  { Principal: { AWS: USER } },
  { Principal: { AWS: ROLE } },
  { Principal: { AWS: SESSION } },
  { Principal: { AWS: [ACCOUNT, ROLE] } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
  { Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/app` } },
  { Principal: { Service: 'lambda.amazonaws.com' } },
);
const ofResource = fc.array(statementOf(effect, principal), { minLength: 1, maxLength: 3 });

/** Anything that the policies of one request can be, but for what `settled.ts` holds. */
export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    principal: fc.constantFrom(USER, SESSION),
    request: fc.constantFrom(...REQUESTS),
    resourceAccount: fc.constantFrom(ACCOUNT, ACCOUNT, OTHER_ACCOUNT),
    context,
    identity: cap,
    boundary: fc.option(cap, { freq: 2 }),
    sessionPolicy: fc.option(cap, { freq: 1 }),
    scps: fc.array(cap, { maxLength: 2 }),
    rcps: fc.array(denials, { maxLength: 1 }),
    resourcePolicy: fc.option(ofResource, { freq: 2 }),
  })
  .map(({ request: [action, resource], sessionPolicy, ...rest }) => ({
    ...rest,
    action,
    resource: resource.replace('OWNER', rest.resourceAccount),
    sessionPolicy: rest.principal === SESSION ? sessionPolicy : null,
  }));
