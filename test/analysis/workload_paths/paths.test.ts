import { describe, expect, test } from 'vitest';
import type { CollectedFunction } from '../../../analysis/collected.ts';
import type { Surroundings } from '../../../analysis/surroundings.ts';
import {
  ACCOUNT,
  analyzed,
  attachment,
  document,
  functionNamed,
  OTHER_ACCOUNT,
  policy,
  REGION,
  role,
  user,
} from '../given_account.ts';

type Said = Readonly<Record<string, unknown>>;

const app = role('app');
const worker = role('worker');
const ann = user('ann');
const orders: CollectedFunction = { ...functionNamed('orders'), role_arn: app.arn };
const SECRETS = { Action: 'secretsmanager:GetSecretValue' };

interface Given {
  /** Statements of the principal. */
  readonly may: readonly Said[];
  readonly appMay?: readonly Said[];
  readonly functions?: readonly CollectedFunction[];
  readonly functionPolicy?: Said;
  readonly covered?: boolean;
  readonly members?: readonly string[];
}

function paths({ may, appMay = [SECRETS], functions = [orders], functionPolicy, covered = true, members = [] }: Given) {
  const said = (one: Said) => ({ Effect: 'Allow', Resource: '*', ...one });
  const around: Partial<Surroundings> = { covered, members, organization: { id: 'o-ours', path: null } };
  return analyzed(
    {
      roles: [app, worker],
      users: [ann],
      functions,
      policies: [policy('own', document(...may.map(said))), policy('of-app', document(...appMay.map(said)))],
      policyAttachments: [attachment(ann.arn, 'own'), attachment(app.arn, 'of-app')],
      functionPolicies:
        functionPolicy === undefined
          ? []
          : [
              {
                region: REGION,
                function_arn: orders.function_arn,
                qualifier: null,
                document: JSON.stringify(document(functionPolicy)),
              },
            ],
    },
    around,
  ).workload_paths;
}

/** Paths in short: method, role, verdict, what is gained, what is missing. */
const told = (given: Given) =>
  paths(given).map(({ method, role_arn, verdict, gained, missing_step }) =>
    [method, role_arn.split('/')[1], verdict, ...gained, missing_step].filter(Boolean).join(' '),
  );

const PASS = { Action: 'iam:PassRole' };
const microvm = (kind: string, name: string): CollectedFunction => ({
  ...orders,
  kind,
  function_arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:${kind.replace('_', '-')}:${name}`,
});

describe('B5: ways to make code run as a role', () => {
  const cases: readonly (readonly [string, Given, readonly string[]])[] = [
    [
      'new code',
      { may: [{ Action: 'lambda:UpdateFunctionCode' }] },
      ['UpdateFunctionCode app risk_possible read_secrets'],
    ],
    [
      'a layer',
      { may: [{ Action: 'lambda:UpdateFunctionConfiguration' }] },
      ['UpdateFunctionConfiguration (layer) app risk_possible read_secrets'],
    ],
    [
      'a layer of a container image: none',
      { may: [{ Action: 'lambda:UpdateFunctionConfiguration' }], functions: [{ ...orders, package_type: 'Image' }] },
      [],
    ],
    [
      'another role for a function',
      {
        may: [{ Action: 'lambda:UpdateFunctionConfiguration' }, PASS],
        functions: [{ ...orders, role_arn: worker.arn }],
      },
      ['UpdateFunctionConfiguration + PassRole app risk_possible read_secrets'],
    ],
    [
      'a new function, invoked',
      { may: [{ Action: ['lambda:CreateFunction', 'lambda:InvokeFunction'] }, PASS] },
      ['CreateFunction + PassRole app risk_possible read_secrets'],
    ],
    [
      'a new function, opened',
      { may: [{ Action: ['lambda:CreateFunction', 'lambda:AddPermission'] }, PASS], functions: [] },
      ['CreateFunction + PassRole app risk_possible read_secrets'],
    ],
    [
      'a new function, with nothing that starts it',
      { may: [{ Action: 'lambda:CreateFunction' }, PASS] },
      [
        'CreateFunction + PassRole app path_reduced read_secrets lambda:InvokeFunction or lambda:CreateEventSourceMapping or lambda:AddPermission, to start it',
      ],
    ],
    [
      'a policy of the function',
      { may: [{ Action: 'lambda:AddPermission' }] },
      ['AddPermission app risk_possible read_secrets'],
    ],
    [
      'the whole policy of the function',
      { may: [{ Action: 'lambda:PutResourcePolicy' }] },
      ['PutResourcePolicy app risk_possible read_secrets'],
    ],
    [
      'an event source: only the input',
      { may: [{ Action: 'lambda:CreateEventSourceMapping' }] },
      ['CreateEventSourceMapping app conditional read_secrets'],
    ],
    [
      'a MicroVM',
      { may: [{ Action: 'lambda:RunMicrovm' }, PASS] },
      ['RunMicrovm + PassRole app risk_possible read_secrets'],
    ],
    [
      'a MicroVM image that is built',
      { may: [{ Action: 'lambda:CreateMicrovmImage' }, PASS] },
      ['CreateMicrovmImage + PassRole app risk_possible read_secrets'],
    ],
    [
      'a MicroVM image that is there',
      { may: [{ Action: 'lambda:UpdateMicrovmImage' }], functions: [microvm('microvm_image', 'note')] },
      ['UpdateMicrovmImage app risk_possible read_secrets'],
    ],
    [
      'a shell in any MicroVM',
      { may: [{ Action: 'lambda:CreateMicrovmShellAuthToken' }], functions: [microvm('microvm', 'm-1')] },
      ['CreateMicrovmShellAuthToken app risk_possible read_secrets'],
    ],
    [
      'a shell in MicroVMs of one image, which may be another’s',
      {
        may: [
          { Action: 'lambda:CreateMicrovmShellAuthToken', Resource: microvm('microvm_image', 'note').function_arn },
        ],
        functions: [microvm('microvm', 'm-1'), { ...microvm('microvm_image', 'note'), role_arn: null }],
      },
      ['CreateMicrovmShellAuthToken app conditional read_secrets'],
    ],
  ];
  test.each(cases)('%s', (_name, given, expected) => expect(told(given)).toEqual(expected));
});

describe('B5: paths that are cut', () => {
  const creates = { Action: ['lambda:CreateFunction', 'lambda:InvokeFunction'] };
  const cut = (missing: string) => [`CreateFunction + PassRole app path_reduced read_secrets ${missing}`];

  test('PassRole is not granted, or denied', () => {
    expect(told({ may: [creates] })).toEqual(cut('iam:PassRole'));
    expect(told({ may: [creates, PASS, { ...PASS, Effect: 'Deny' }] })).toEqual(cut('iam:PassRole'));
  });

  test('PassRole is limited to another service by iam:PassedToService, or to this one', () => {
    const to = (service: string) => ({ ...PASS, Condition: { StringEquals: { 'iam:PassedToService': service } } });
    expect(told({ may: [creates, to('ec2.amazonaws.com')] })).toEqual(
      cut('iam:PassRole to lambda.amazonaws.com: iam:PassedToService names other services only'),
    );
    expect(told({ may: [creates, to('lambda.amazonaws.com')] })).toEqual([
      'CreateFunction + PassRole app risk_possible read_secrets',
    ]);
  });

  test('PassRole names a role with nothing to gain: no path', () =>
    expect(told({ may: [creates, { ...PASS, Resource: worker.arn }] })).toEqual([]));

  test('functions accept signed packages only; one that takes any is enough', () => {
    const signed = {
      ...orders,
      function_arn: `${orders.function_arn}-2`,
      code_signing_config_arn: 'csc',
      code_signing_enforced: true,
    };
    const warned = { ...signed, code_signing_enforced: false };
    const may = [{ Action: 'lambda:UpdateFunctionCode' }];
    expect(told({ may, functions: [warned] })).toEqual(['UpdateFunctionCode app risk_possible read_secrets']);
    expect(told({ may, functions: [signed] })[0]).toMatch(/^UpdateFunctionCode app path_reduced .* signature/);
    expect(told({ may, functions: [signed, orders] })).toEqual(['UpdateFunctionCode app risk_possible read_secrets']);
  });
});

describe('B5: what is gained', () => {
  const may = [{ Action: 'lambda:UpdateFunctionCode' }];

  test('nothing that the principal has itself; more than it has by name', () => {
    expect(told({ may: [...may, SECRETS] })).toEqual([]);
    expect(
      told({ may: [...may, { ...SECRETS, Resource: 'arn:aws:secretsmanager:eu-west-1:1:secret:mine' }] }),
    ).toHaveLength(1);
  });

  describe('by name: the very resources that the role has it on are no gain', () => {
    const secret = (name: string) => ({
      ...SECRETS,
      Resource: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:${name}`,
    });
    const gains = (own: readonly Said[], appMay: readonly Said[]) => told({ may: [...may, ...own], appMay }).length > 0;

    test('the same one', () => expect(gains([secret('a')], [secret('a')])).toBe(false));
    test('one that a wider pattern takes in', () => expect(gains([secret('a*')], [secret('a-1')])).toBe(false));
    test('one of several', () => expect(gains([secret('a'), secret('b')], [secret('a')])).toBe(false));
    test('another one', () => expect(gains([secret('a')], [secret('b')])).toBe(true));
    test('more than the one', () => expect(gains([secret('a')], [secret('a'), secret('b')])).toBe(true));
    test('a wider pattern', () => expect(gains([secret('a-1')], [secret('a*')])).toBe(true));
    test('the same with a hole', () =>
      expect(gains([secret('a*'), { ...secret('a-1'), Effect: 'Deny' }], [secret('a*')])).toBe(true));
    test('the same, on a condition', () =>
      expect(
        gains([{ ...secret('a'), Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }], [secret('a')]),
      ).toBe(true));
    test('another thing on the same resource', () =>
      expect(gains([{ ...secret('a'), Action: 'secretsmanager:PutSecretValue' }], [secret('a')])).toBe(true));
    test('where a step is missing too', () => {
      const creates = { Action: ['lambda:CreateFunction', 'lambda:InvokeFunction'] };
      expect(told({ may: [creates, secret('a')], appMay: [secret('a')] })).toEqual([]);
      expect(told({ may: [creates, secret('a')], appMay: [secret('b')] })).toHaveLength(1);
    });
  });

  test('of an admin everything, by that name; to an admin nothing', () => {
    const admin = { Action: '*' };
    expect(paths({ may, appMay: [admin] })[0]?.gained).toEqual(['admin']);
    expect(told({ may: [admin], appMay: [admin] })).toEqual([]);
    expect(paths({ may: [{ NotAction: 'iam:*' }], appMay: [admin] })[0]?.gained).toEqual(['admin']);
  });

  test('nothing where the role has no sensitive authority', () =>
    expect(told({ may, appMay: [{ Action: 'logs:PutLogEvents' }] })).toEqual([]));
});

describe('B5: which functions, and what decides', () => {
  const named = { Action: 'lambda:UpdateFunctionCode', Resource: orders.function_arn };

  test('functions that the grant names, counted and shown', () => {
    const other = { ...orders, function_arn: `${orders.function_arn}-2` };
    expect(paths({ may: [named], functions: [orders, other] })).toMatchObject([
      { function_count: 1, functions: [orders.function_arn], role_count: 1 },
    ]);
    expect(told({ may: [{ ...named, Resource: `${orders.function_arn}-none` }] })).toEqual([]);
  });

  test('each step tells the statement that allows it', () =>
    expect(JSON.parse(paths({ may: [named] })[0]!.steps)).toEqual([
      {
        action: 'lambda:UpdateFunctionCode',
        on: [orders.function_arn],
        by: { layer: 'identity', policy_id: 'own', position: 0, sid: null },
      },
    ]));

  test('a condition is told; so is an organization that was not read', () => {
    const onCondition = { ...named, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    const [path] = paths({ may: [onCondition] });
    expect(path).toMatchObject({ verdict: 'conditional' });
    expect(path?.conditions).toContain('"policy_id":"own"');
    expect(paths({ may: [named], covered: false })[0]).toMatchObject({ verdict: 'conditional' });
  });

  test('many roles are told in one row, by the gravest', () => {
    const roles = Array.from({ length: 21 }, (_, index) => role(`r${index}`));
    const found = analyzed({
      roles,
      users: [ann],
      functions: roles.map(({ arn, name }) => ({ ...functionNamed(name), role_arn: arn })),
      policies: [
        policy('own', document({ Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: '*' })),
        policy('read', document({ Effect: 'Allow', ...SECRETS, Resource: '*' })),
        policy('all', document({ Effect: 'Allow', Action: '*', Resource: '*' })),
      ],
      policyAttachments: [
        attachment(ann.arn, 'own'),
        ...roles.map(({ arn, name }) => attachment(arn, name === 'r7' ? 'all' : 'read')),
      ],
    }).workload_paths;
    expect(found).toMatchObject([{ role_arn: roles[7]?.arn, role_count: 21, function_count: 21, gained: ['admin'] }]);
  });
});

describe('B5: who starts', () => {
  test('a pipeline begins with its token', () => {
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
    const sub = { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:ours/app' } };
    const trust = document({
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: sub,
    });
    const deploy = role('deploy', trust);
    const [path] = analyzed({
      roles: [app, deploy],
      functions: [orders],
      policies: [
        policy('own', document({ Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: '*' })),
        policy('read', document({ Effect: 'Allow', ...SECRETS, Resource: '*' })),
      ],
      policyAttachments: [attachment(deploy.arn, 'own'), attachment(app.arn, 'read')],
    }).workload_paths;
    expect(path?.principal_arn).toBe(deploy.arn);
    expect(JSON.parse(path!.steps)[0]).toEqual({
      action: 'sts:AssumeRoleWithWebIdentity',
      on: [provider, JSON.stringify(sub)],
      by: null,
    });
  });

  const opens = (principal: unknown, more: Said = {}): Said => ({
    Effect: 'Allow',
    Principal: principal,
    Action: 'lambda:UpdateFunctionCode',
    Resource: orders.function_arn,
    ...more,
  });

  test('another account that the function’s policy names; on a condition; not for invoking alone', () => {
    const foreign = (functionPolicy: Said) =>
      paths({ may: [], functionPolicy }).map((path) => `${path.principal_arn} ${path.method} ${path.verdict}`);
    expect(foreign(opens({ AWS: OTHER_ACCOUNT }))).toEqual([`${OTHER_ACCOUNT} UpdateFunctionCode risk_possible`]);
    expect(foreign(opens({ AWS: OTHER_ACCOUNT }, { Action: 'lambda:InvokeFunction' }))).toEqual([]);
    expect(foreign(opens('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))).toEqual([
      '* UpdateFunctionCode conditional',
    ]);
  });

  test('a member of the organization, where that is asked for; another one may be of any', () => {
    const member = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } } };
    const verdict = (members: readonly string[]) =>
      paths({ may: [], functionPolicy: opens({ AWS: OTHER_ACCOUNT }, member), members })[0]?.verdict;
    expect(verdict([ACCOUNT, OTHER_ACCOUNT])).toBe('risk_possible');
    expect(verdict([ACCOUNT])).toBe('conditional');
  });
});
