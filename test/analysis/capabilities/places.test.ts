import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  analyzed,
  attachment,
  coverage,
  document,
  functionNamed,
  OTHER_ACCOUNT,
  policy,
  role,
  user,
} from '../given_account.ts';

type Said = Readonly<Record<string, unknown>>;

const ann = user('ann');
const app = role('app');
const inRegion = (region: string, name: string) => ({
  ...functionNamed(name),
  region,
  function_arn: `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
  role_arn: app.arn,
});
const microvm = (region: string) => ({
  ...inRegion(region, 'm'),
  kind: 'microvm_image',
  function_arn: `arn:aws:lambda:${region}:${ACCOUNT}:microvm-image:m`,
});

const outside = (regions: readonly string[], spared: readonly string[] = ['iam:*', 'sts:*']): Said => ({
  Effect: 'Deny',
  NotAction: spared,
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
});
const outsideOrganization: Said = {
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-ours' } },
};

const control = (statement: Said) => ({
  ...{
    account_id: ACCOUNT,
    policy_id: 'guard',
    name: 'guard',
    type: 'SERVICE_CONTROL_POLICY',
    target: 'r-1',
    level: 0,
  },
  ...{ document: JSON.stringify(document(statement)), document_sha256: '', unknown_actions: [] },
});

/** Ann with functions of two regions, below an SCP. */
function given(
  {
    may,
    scp,
    functions = [inRegion('eu-west-1', 'near'), inRegion('us-west-2', 'far')],
  }: {
    readonly may: Said;
    readonly scp: Said;
    readonly functions?: readonly ReturnType<typeof inRegion>[];
  },
  regions: readonly string[] = [],
) {
  return analyzed(
    {
      users: [ann],
      roles: [app],
      functions,
      policies: [
        policy('own', document({ Effect: 'Allow', Resource: '*', ...may })),
        policy('secrets', document({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' })),
      ],
      policyAttachments: [attachment(ann.arn, 'own'), attachment(app.arn, 'secrets')],
      coverage: regions.map((region) => ({ ...coverage('functions'), region })),
    },
    { controlPolicies: [control(scp)], organization: { id: 'o-ours', path: null } },
  );
}

const UPDATE = { Action: 'lambda:UpdateFunctionCode' };
const READ = { Action: 'secretsmanager:GetSecretValue' };

describe('B3, B5: who asks chooses the region, by the page AWS global condition context keys, aws:RequestedRegion', () => {
  const paths = (scp: Said, may: Said = UPDATE) =>
    given({ may, scp })
      .workload_paths.filter(({ principal_arn }) => principal_arn === ann.arn)
      .map(({ verdict, functions }) => [verdict, ...functions.map((arn) => arn.split(':').at(-1))].join(' '));

  test('functions in a region that the SCP spares: surely, and only those', () =>
    expect(paths(outside(['eu-west-1']))).toEqual(['risk_possible near']));

  test('functions in both', () =>
    expect(paths(outside(['eu-west-1', 'us-west-2']))).toEqual(['risk_possible near far']));

  test('functions in none: no path', () => expect(paths(outside(['ap-south-1']))).toEqual([]));

  test('another condition beside it still decides', () =>
    expect(
      paths(outside(['eu-west-1']), { ...UPDATE, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    ).toEqual(['conditional near']));

  test('images of MicroVMs where they are', () => {
    const far = { may: { Action: 'lambda:UpdateMicrovmImage' }, functions: [microvm('us-west-2')] };
    expect(given({ ...far, scp: outside(['us-west-2']) }).workload_paths).toMatchObject([{ verdict: 'risk_possible' }]);
    expect(given({ ...far, scp: outside(['eu-west-1']) }, ['eu-west-1', 'us-west-2']).workload_paths).toEqual([]);
  });

  const verdict = (name: string, may: Said, scp: Said, regions: readonly string[] = ['eu-west-1']) =>
    given({ may, scp, functions: [] }, regions).capabilities.find(
      ({ capability, principal_arn }) => capability === name && principal_arn === ann.arn,
    )?.verdict;

  test('what is not inventoried, in a region that was read', () =>
    expect(verdict('read_secrets', READ, outside(['eu-west-1']))).toBe('allowed'));

  test('in a region that was not read nobody can tell whether the account uses it', () =>
    expect(verdict('read_secrets', READ, outside(['ap-south-1']))).toBe('conditional'));

  test('two statements must hold in one and the same region', () => {
    const inAnother = { ...READ, Condition: { StringEquals: { 'aws:RequestedRegion': 'us-west-2' } } };
    expect(verdict('read_secrets', inAnother, outside(['eu-west-1']), ['eu-west-1', 'us-west-2'])).toBe('conditional');
    expect(verdict('read_secrets', inAnother, outside(['us-west-2']), ['eu-west-1', 'us-west-2'])).toBe('allowed');
  });

  test('an admin is one in some region', () => {
    expect(verdict('admin', { Action: '*' }, outside(['eu-west-1']))).toBe('allowed');
    expect(verdict('admin', { Action: '*' }, outside(['ap-south-1']))).toBe('conditional');
  });

  test('IAM is called in us-east-1, whatever the regions of the account', () => {
    const user = { Action: 'iam:CreateUser' };
    expect(verdict('create_users', user, outside(['us-east-1'], []))).toBe('allowed');
    expect(verdict('create_users', user, outside(['eu-west-1'], []))).toBe('denied');
  });
});

describe('B3: whose the resource is, by the page AWS global condition context keys, aws:ResourceOrgID', () => {
  const verdict = (name: string, may: Said) =>
    given({ may, scp: outsideOrganization }).capabilities.find(
      ({ capability, principal_arn }) => capability === name && principal_arn === ann.arn,
    )?.verdict;

  test('what the account itself has is inside the organization', () => {
    expect(verdict('read_secrets', READ)).toBe('allowed');
    expect(verdict('lambda:UpdateFunctionCode', UPDATE)).toBe('allowed');
  });

  test('a role of another account may not be', () =>
    expect(
      verdict('sts:AssumeRole', { Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${OTHER_ACCOUNT}:role/x` }),
    ).toBe('possible'));
});
