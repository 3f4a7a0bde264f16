import { describe, expect, it } from 'vitest';
import type { Found } from '../../collectors/found.ts';
import type { ListedFunction, Listing, Place, Session } from '../../collectors/listing.ts';
import { tagColumns } from '../../collectors/ownership.ts';
import { allListings } from '../../collectors/resources/all.generated.ts';
import { NotReadable } from '../../collectors/source.ts';
import { accountId, functionArn, lambda, region, roleArn } from './folder.ts';
import { bodyOf, session } from './recorded.ts';

const listingOf = (resource: string): Listing =>
  (allListings as readonly Listing[]).find(({ resources }) => (resources as readonly string[]).includes(resource))!;

async function all(resource: string, of: Session, functions: readonly ListedFunction[] = []): Promise<Found[]> {
  const place: Place = { accountId, region, functions };
  const found: Found[] = [];
  for await (const one of listingOf(resource).live(of, place)) found.push(one);
  return found;
}

const listed = (name: string, more: Partial<ListedFunction> = {}): ListedFunction => ({
  name,
  arn: functionArn(name),
  versions: [],
  aliases: [],
  ...more,
});

describe('A1: live listings are read to their last page', () => {
  it('functions with all their versions', async () => {
    const version = lambda('one', { FunctionArn: `${functionArn('one')}:1`, Version: '1' });
    const { session: of, asked } = session(({ query }) =>
      query.Marker === undefined ? { Functions: [lambda('one')], NextMarker: 'm' } : { Functions: [version] },
    );
    const pages = await all('functions', of);
    expect(pages.map(({ functions, function_versions }) => [functions?.length, function_versions?.length])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(asked).toEqual([
      '/2015-03-31/functions FunctionVersion=ALL MaxItems=50',
      '/2015-03-31/functions FunctionVersion=ALL Marker=m MaxItems=50',
    ]);
  });

  it('authorization details, documents still encoded; a page may hold one kind only', async () => {
    const role = `<member><Path>/</Path><RoleName>r</RoleName><RoleId>AROA</RoleId><Arn>${roleArn('r')}</Arn>
      <CreateDate>2026-01-05T10:00:00Z</CreateDate><AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument></member>`;
    const page = (inside: string) =>
      `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>${inside}</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;
    const { session: of, asked } = session((request) =>
      bodyOf(request).includes('Marker=')
        ? page(`<IsTruncated>false</IsTruncated><RoleDetailList>${role}</RoleDetailList>`)
        : page('<IsTruncated>true</IsTruncated><Marker>m</Marker><UserDetailList/>'),
    );
    const [first, second] = await all('roles', of);
    expect(asked).toHaveLength(2);
    expect(first).toEqual({ roles: [], users: [], groups: [], policies: [] });
    expect(second?.roles?.[0]?.row).toMatchObject({
      arn: roleArn('r'),
      trust_policy: '%7B%7D',
      created_at: new Date('2026-01-05T10:00:00Z'),
    });
  });

  it('tags, a hundred resources a page; an empty token ends them', async () => {
    const page = (name: string) => [{ ResourceARN: functionArn(name), Tags: [{ Key: 'team', Value: name }] }];
    const { session: of, asked } = session((request) =>
      bodyOf(request).includes('"next"')
        ? { ResourceTagMappingList: page('two'), PaginationToken: '' }
        : { ResourceTagMappingList: page('one'), PaginationToken: 'next' },
    );
    expect((await all('function_tags', of)).flatMap(({ function_tags }) => function_tags)).toEqual([
      { arn: functionArn('one'), columns: tagColumns({ team: 'one' }) },
      { arn: functionArn('two'), columns: tagColumns({ team: 'two' }) },
    ]);
    expect(asked).toHaveLength(2);
  });
});

describe('A5: live listings that AWS has function by function only', () => {
  it('policies of the function, its versions and its aliases; no policy is none', async () => {
    const { session: of, asked } = session(({ path, query }) =>
      path.includes('/one/') && query.Qualifier === 'live'
        ? { Policy: '{"a":1}' }
        : { error: 'ResourceNotFoundException' },
    );
    const found = await all('function_policies', of, [
      listed('one', { versions: ['1'], aliases: ['live'] }),
      listed('two'),
    ]);
    expect(found.flatMap(({ function_policies = [] }) => function_policies)).toEqual([
      { region, function_arn: functionArn('one'), qualifier: 'live', document: '{"a":1}' },
    ]);
    expect(asked).toEqual([
      '/2015-03-31/functions/one/policy',
      '/2015-03-31/functions/one/policy Qualifier=1',
      '/2015-03-31/functions/one/policy Qualifier=live',
      '/2015-03-31/functions/two/policy',
    ]);
  });

  it('a policy that was refused is an error, not none', async () => {
    const { session: of } = session(() => ({ error: 'AccessDeniedException' }));
    await expect(all('function_policies', of, [listed('one')])).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('policies are not asked for when nobody knows the aliases (A4)', async () => {
    const { session: of, asked } = session(() => ({}));
    const unread = new NotReadable('denied', 'lambda:ListAliases is denied', 'AccessDeniedException');
    await expect(all('function_policies', of, [listed('one', { aliases: unread })])).rejects.toMatchObject({
      status: 'denied',
      message: expect.stringContaining('lambda:ListAliases'),
    });
    expect(asked).toEqual([]);
  });

  it('aliases, with the versions that they share traffic between', async () => {
    const alias = { Name: 'live', FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } } };
    const { session: of } = session(() => ({ Aliases: [alias] }));
    expect((await all('function_versions', of, [listed('one')])).flatMap(({ aliases }) => aliases)).toEqual([
      { functionArn: functionArn('one'), name: 'live', versions: ['2', '1'] },
    ]);
  });

  it.each(['function_versions', 'function_urls'])('%s of a function that is gone meanwhile are none', async (kind) => {
    const { session: of } = session(({ path }) =>
      path.includes('/gone/') ? { error: 'ResourceNotFoundException' } : { Aliases: [], FunctionUrlConfigs: [] },
    );
    expect(await all(kind, of, [listed('gone'), listed('there')])).toHaveLength(1);
  });

  it('URLs', async () => {
    const url = { FunctionArn: functionArn('one'), AuthType: 'AWS_IAM', CreationTime: '2026-01-05T10:00:00.000Z' };
    const { session: of } = session(() => ({ FunctionUrlConfigs: [url] }));
    expect((await all('function_urls', of, [listed('one')]))[0]?.function_urls).toMatchObject([
      { auth_type: 'AWS_IAM' },
    ]);
  });
});

describe('A1: live MicroVMs', () => {
  const image = `arn:aws:lambda:${region}:${accountId}:microvm-image:shell`;

  it('take a request each, for the lists name no roles; what is terminated is not asked', async () => {
    const { session: of, asked } = session(({ path }) => {
      if (/\/versions\/3$/.test(path))
        return { imageArn: image, imageVersion: '3', buildRoleArn: roleArn('build'), environmentVariables: { A: 'v' } };
      if (/mvm-1$/.test(path))
        return { microvmId: 'mvm-1', imageArn: image, state: 'RUNNING', executionRoleArn: roleArn('run') };
      if (/image/.test(path))
        return { items: [{ imageArn: image, latestActiveImageVersion: '3' }, { imageArn: `${image}-new` }] };
      return {
        items: ['RUNNING', 'TERMINATED'].map((state, at) => ({ microvmId: `mvm-${at + 1}`, imageArn: image, state })),
      };
    });
    const found = (await all('microvms', of)).flatMap(({ microvms = [] }) => microvms);
    expect(found.map(({ kind, role_arn, environment_names }) => [kind, role_arn, environment_names])).toEqual([
      ['microvm_image', roleArn('build'), ['A']],
      ['microvm', roleArn('run'), null],
    ]);
    expect(asked).toHaveLength(4);
  });
});

describe('Other live listings', () => {
  it('event sources and capacity providers', async () => {
    const { session: of } = session(({ path }) =>
      path.includes('capacity')
        ? {
            CapacityProviders: [{ CapacityProviderArn: `arn:aws:lambda:${region}:${accountId}:capacity-provider:big` }],
          }
        : { EventSourceMappings: [{ UUID: 'u', FunctionArn: functionArn('one') }] },
    );
    expect((await all('event_source_mappings', of))[0]?.event_source_mappings).toHaveLength(1);
    expect((await all('capacity_providers', of))[0]?.capacity_providers).toHaveLength(1);
  });
});
