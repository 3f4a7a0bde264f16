import { describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { Listing } from '../../collectors/listing.ts';
import { allListings } from '../../collectors/resources/all.generated.ts';
import {
  account,
  accountId,
  accountRow,
  collected,
  details,
  functionArn,
  lambda,
  never,
  region,
  role,
  written,
} from './folder.ts';

describe('A5: tags tell whose a function is', () => {
  it('joined by ARN, in any letter case; without a tag nobody knows', async () => {
    const Tags = [
      { Key: 'TEAM', Value: 'shop' },
      { Key: 'Service', Value: 'cart' },
      { Key: 'env', Value: 'prod' },
      { Key: 'data-classification', Value: 'secret' },
    ];
    const { functions } = await collected(
      account({
        [`${region}/functions.json`]: { Functions: [lambda('one'), lambda('two')] },
        [`${region}/tags.json`]: { ResourceTagMappingList: [{ ResourceARN: functionArn('one'), Tags }] },
      }),
    );
    expect(functions[0]).toMatchObject({
      team: 'shop',
      application: 'cart',
      environment: 'prod',
      data_sensitivity: 'secret',
      tags: '{"Service":"cart","TEAM":"shop","data-classification":"secret","env":"prod"}',
    });
    expect(functions[1]).toMatchObject({ team: null, application: null, tags: '{}' });
  });
});

describe('A1: who has which policy', () => {
  it('managed, inline, boundary, and a user through its groups', async () => {
    const managed = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const boundary = `arn:aws:iam::${accountId}:policy/boundary`;
    const arn = (kind: string, name: string) => `arn:aws:iam::${accountId}:${kind}/${name}`;
    const attached = { AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: managed }] };
    const inline = [{ PolicyName: 'own', PolicyDocument: { Statement: [] } }];
    const { policyAttachments, policies } = await collected(
      account({
        'authorization-details.json': details({
          RoleDetailList: [
            role('r', {
              ...attached,
              RolePolicyList: inline,
              PermissionsBoundary: { PermissionsBoundaryArn: boundary },
            }),
          ],
          GroupDetailList: [
            { GroupName: 'g', GroupId: 'AGPA', Arn: arn('group', 'g'), ...attached, GroupPolicyList: inline },
            { GroupName: 'other', GroupId: 'AGPB', Arn: arn('group', 'other'), ...attached },
          ],
          UserDetailList: [{ UserName: 'u', UserId: 'AIDA', Arn: arn('user', 'u'), GroupList: ['g'] }],
        }),
      }),
    );
    const ownGroup = `${arn('group', 'g')}#own`;
    expect(policyAttachments.map((row) => [row.principal_arn, row.policy_id, row.kind, row.group_arn])).toEqual([
      [arn('role', 'r'), managed, 'managed', null],
      [arn('role', 'r'), `${arn('role', 'r')}#own`, 'inline', null],
      [arn('role', 'r'), boundary, 'boundary', null],
      [arn('group', 'g'), managed, 'managed', null],
      [arn('group', 'g'), ownGroup, 'inline', null],
      [arn('group', 'other'), managed, 'managed', null],
      [arn('user', 'u'), managed, 'group', arn('group', 'g')],
      [arn('user', 'u'), ownGroup, 'group', arn('group', 'g')],
    ]);
    expect(
      policies.map(({ policy_id, version_id, kind, document }) => [policy_id, version_id, kind, document]),
    ).toEqual([
      [`${arn('role', 'r')}#own`, 'inline', 'inline', '{"Statement":[]}'],
      [ownGroup, 'inline', 'inline', '{"Statement":[]}'],
    ]);
  });
});

describe('The same account gives the same rows', () => {
  it('in whatever order AWS listed it, and each thing once', async () => {
    const functions = [lambda('b'), lambda('a'), lambda('c')];
    const roles = [role('b'), role('a')];
    const files = (reverse: boolean) => ({
      'authorization-details.json': details({ RoleDetailList: reverse ? roles.toReversed() : [...roles, roles[0]] }),
      [`${region}/functions.json`]: { Functions: reverse ? functions.toReversed() : [...functions, functions[1]] },
      [`${region}/policies/a.json`]: { Policy: '{}' },
    });
    const [one, other] = await Promise.all([collected(account(files(false))), collected(account(files(true)))]);
    expect(other).toEqual(one);
    expect(one.functions.map(({ function_name }) => function_name)).toEqual(['a', 'b', 'c']);
  });

  it('in whatever order the regions are asked', async () => {
    const root = account();
    expect(await collected(root, [region, 'us-east-1'])).toEqual(await collected(root, ['us-east-1', region]));
  });
});

describe('A7: an export is read once', () => {
  it('each file, and no listing needs another’s', async () => {
    const files = (allListings as readonly Listing[]).map(({ exported }) => JSON.stringify(exported));
    expect(new Set(files).size).toBe(files.length);
  });

  it('a reader can be asked in any region, also one that is no folder name', async () => {
    const reader = await exportFolder(written({ [`${accountId}/a`]: '' })).open(accountRow(), never);
    const listing = allListings.find(({ resources }) => (resources as readonly string[]).includes('functions'))!;
    const read = async () => {
      for await (const _ of reader.read(listing, { accountId, region: '../..', functions: [] })) return;
    };
    await expect(read()).rejects.toMatchObject({ code: 'OutsideFolder' });
  });
});
