import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectAccount } from '../../collectors/account.ts';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { Found } from '../../collectors/found.ts';
import { type Listing, originOf, type Place } from '../../collectors/listing.ts';
import { allListings } from '../../collectors/resources/all.generated.ts';
import { callKey, NotReadable, type Source } from '../../collectors/source.ts';
import {
  account,
  accountId,
  accountRow,
  byResource,
  collected,
  details,
  type Files,
  functionArn,
  lambda,
  never,
  region,
  role,
  roleArn,
  written,
} from './folder.ts';

const denied = (operation: string) =>
  `An error occurred (AccessDeniedException) when calling the ${operation} operation: not authorized`;

const version = (number: string, more: object = {}) =>
  lambda('one', { FunctionArn: `${functionArn('one')}:${number}`, Version: number, ...more });

const global = ['global roles', 'global users', 'global groups', 'global policies'];
const perFunction = ['function_policies', 'function_urls', 'function_versions'];
const regional = [
  'functions',
  ...perFunction,
  'event_source_mappings',
  'function_tags',
  'microvms',
  'capacity_providers',
];

describe('A4: coverage has a row for everything that was asked', () => {
  it('all ok, when all files are there and there is nothing to ask function by function', async () => {
    const { coverage } = await collected(account());
    expect([...byResource(coverage).keys()].sort()).toEqual(
      [...global, ...regional.map((resource) => `${region} ${resource}`)].sort(),
    );
    for (const row of coverage) {
      expect(row).toMatchObject({
        status: 'ok',
        rows: 0,
        message: null,
        error_code: null,
        api_calls: 0,
        duration_ms: null,
      });
    }
  });

  it('counts what was read', async () => {
    const root = account({
      'authorization-details.json': details({ RoleDetailList: [role('a'), role('b')] }),
      [`${region}/functions.json`]: { Functions: [lambda('one'), lambda('two'), version('1')] },
    });
    const coverage = byResource((await collected(root)).coverage);
    expect(coverage.get('global roles')?.rows).toBe(2);
    expect(coverage.get(`${region} functions`)?.rows).toBe(2);
    expect(coverage.get(`${region} function_versions`)?.rows).toBe(1);
  });

  it.each<[string, unknown, object]>([
    [
      'missing',
      undefined,
      { status: 'not_provided', message: `${accountId}/${region}/functions.json was not provided` },
    ],
    ['cut off', '{"Functions": [', { status: 'error', error_code: 'InvalidJson' }],
    ['denied', denied('ListFunctions'), { status: 'denied', error_code: 'AccessDeniedException' }],
  ])('functions %s: so are all listings that go function by function', async (_name, content, expected) => {
    const root = account({
      [`${region}/functions.json`]: content,
      [`${region}/policies/one.json`]: { Policy: '{}' },
    });
    const { coverage, functions, functionPolicies } = await collected(root);
    for (const resource of ['functions', ...perFunction]) {
      const row = byResource(coverage).get(`${region} ${resource}`);
      expect(row, resource).toMatchObject({ ...expected, message: expect.stringContaining('functions.json'), rows: 0 });
    }
    expect(byResource(coverage).get(`${region} microvms`)?.status).toBe('ok');
    expect([functions, functionPolicies]).toEqual([[], []]);
  });

  it('an account without the folder of a region has not provided it', async () => {
    const coverage = byResource((await collected(account(), [region, 'us-east-1'])).coverage);
    for (const resource of regional) {
      expect(coverage.get(`us-east-1 ${resource}`), resource).toMatchObject({
        status: 'not_provided',
        message: expect.stringContaining(`${accountId}/us-east-1/`),
      });
    }
  });

  it.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])('an account that is %s was not read', async (state) => {
    const { coverage, roles } = await collected(account(), [region], accountRow(state));
    expect(new Set(coverage.map(({ status }) => status))).toEqual(new Set(['account_inactive']));
    expect(coverage).toHaveLength(global.length + regional.length);
    expect(coverage[0]).toMatchObject({ error_code: state, message: expect.stringContaining(state) });
    expect(roles).toEqual([]);
  });

  it('an account without a folder was not provided', async () => {
    const root = account();
    rmSync(join(root, accountId), { recursive: true });
    const { coverage } = await collected(root);
    expect(new Set(coverage.map(({ status }) => status))).toEqual(new Set(['not_provided']));
    expect(coverage[0]?.message).toBe(`${accountId}/ was not provided`);
  });

  it('without any region nobody looked for functions', async () => {
    const coverage = byResource((await collected(account(), [])).coverage);
    expect(coverage.get('global roles')?.status).toBe('ok');
    expect(coverage.get('global functions')).toMatchObject({ status: 'not_provided' });
  });

  it('a file of another account is an error, not another account’s rows', async () => {
    const stranger = roleArn('x', '999900001111');
    const root = account({
      'authorization-details.json': details({ RoleDetailList: [role('x', { Arn: stranger })] }),
      [`${region}/functions.json`]: { Functions: [lambda('one', { FunctionArn: functionArn('one', 'eu-west-2') })] },
    });
    const { coverage, roles, functions } = await collected(root);
    expect(byResource(coverage).get('global roles')).toMatchObject({ status: 'error', error_code: 'OtherAccount' });
    expect(byResource(coverage).get(`${region} functions`)).toMatchObject({ error_code: 'OtherAccount' });
    expect([roles, functions]).toEqual([[], []]);
  });

  it('names every problem of a file with its path', async () => {
    const broken = [{ FunctionArn: 7 }, lambda('two', { LastModified: 'yesterday', Timeout: 'long' })];
    const root = account({ [`${region}/functions.json`]: { Functions: broken } });
    const { message } = byResource((await collected(root)).coverage).get(`${region} functions`)!;
    expect(message).toContain('Functions[0].FunctionArn: expected string, not number');
    expect(message).toContain('Functions[1].LastModified: expected a time');
    expect(message).toContain('Functions[1].Timeout');
  });

  it('names what an answer holds twice and differently; what is twice the same is once', async () => {
    const RoleDetailList = [role('a'), role('b'), role('b'), role('a', { RoleId: 'AROAother' })];
    const { coverage, roles } = await collected(account({ 'authorization-details.json': details({ RoleDetailList }) }));
    expect(byResource(coverage).get('global roles')).toMatchObject({
      status: 'ok',
      rows: 2,
      message: `listed twice and differently, the last one counts: ${roleArn('a')}`,
    });
    expect(roles.map(({ role_id }) => role_id)).toEqual(['AROAother', 'AROAb']);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'the answer: expected object, not array'],
    ['a missing member', { Functions: [{}] }, 'Functions[0].FunctionArn: expected string, and it is missing'],
    ['a number out of range', { Functions: [lambda('one', { Timeout: 1e30 })] }, 'Timeout: the number is out of range'],
  ])('says in plain words what is wrong: %s', async (_name, content, expected) => {
    const { coverage } = await collected(account({ [`${region}/functions.json`]: content }));
    expect(byResource(coverage).get(`${region} functions`)?.message).toContain(expected);
  });

  it('says keys that somebody else chose without their control characters', async () => {
    const images = [{ imageArn: 'a', tags: { 'red\u001b[31m': 7 } }];
    const { coverage } = await collected(account({ [`${region}/microvms.json`]: { images } }));
    expect(byResource(coverage).get(`${region} microvms`)?.message).toContain(
      'images[0].tags.red [31m: expected string, not number',
    );
  });
});

describe('A5: folders with a file per function', () => {
  const functions = { [`${region}/functions.json`]: { Functions: [lambda('one'), lambda('two')] } };

  it('a missing folder was not provided', async () => {
    const coverage = byResource((await collected(account(functions))).coverage);
    expect(coverage.get(`${region} function_urls`)).toMatchObject({
      status: 'not_provided',
      message: `${accountId}/${region}/urls/ was not provided`,
    });
  });

  const url = (name: string) => ({ FunctionUrlConfigs: [{ FunctionArn: functionArn(name), AuthType: 'NONE' }] });
  const two = { Versions: [lambda('two', { FunctionArn: `${functionArn('two')}:$LATEST` })] };

  it.each<[string, Files, string]>([
    ['URLs', { 'urls/one.json': url('one') }, 'function_urls'],
    ['versions', { 'versions/one.json': { Versions: [version('$LATEST'), version('1')] } }, 'function_versions'],
    [
      'aliases, when their folder is there',
      {
        'versions/one.json': { Versions: [version('$LATEST'), version('1')] },
        'versions/two.json': two,
        'aliases/one.json': { Aliases: [] },
      },
      'function_versions',
    ],
  ])(
    'a function without a file of %s was not asked, and what the others told is dropped',
    async (_, files, resource) => {
      const below = Object.entries(files).map(([path, content]) => [`${region}/${path}`, content]);
      const { coverage, functionUrls, functionVersions } = await collected(
        account({ ...functions, ...Object.fromEntries(below) }),
      );
      expect(byResource(coverage).get(`${region} ${resource}`)).toMatchObject({
        status: 'not_provided',
        rows: 0,
        message: expect.stringMatching(`^not provided: ${accountId}/${region}/[a-z]+/two\\.json; each function needs`),
      });
      expect([functionUrls, functionVersions]).toEqual([[], []]);
    },
  );

  it('names up to eight missing files and counts the rest', async () => {
    const many = Array.from({ length: 12 }, (_, i) => lambda(`f${String(i).padStart(2, '0')}`));
    const root = account({
      [`${region}/functions.json`]: { Functions: many },
      [`${region}/urls/f00.json`]: url('f00'),
    });
    const message = byResource((await collected(root)).coverage).get(`${region} function_urls`)?.message;
    expect(message).toContain('urls/f08.json and 3 more');
    expect(message).not.toContain('f09.json');
  });

  it('AWS prints no policy where there is none: a missing file is taken so, and coverage counts them', async () => {
    const { coverage } = await collected(account({ ...functions, [`${region}/policies/one.json`]: { Policy: '{}' } }));
    expect(byResource(coverage).get(`${region} function_policies`)).toMatchObject({
      status: 'ok',
      rows: 1,
      message: `1 of 2 functions have no file in ${accountId}/${region}/policies/: taken as without one`,
    });
  });

  it('a policy belongs to the function, a version or an alias; files of unknown functions are left alone', async () => {
    const { functionPolicies, coverage } = await collected(
      account({
        ...functions,
        [`${region}/policies/one.json`]: { Policy: '{"a":1}', RevisionId: 'x' },
        [`${region}/policies/one.live.json`]: { Policy: '{"a":2}' },
        [`${region}/policies/two.json`]: { Policy: '' },
        [`${region}/policies/gone.json`]: { Policy: '{"a":3}' },
        [`${region}/policies/one.txt`]: 'a note',
      }),
    );
    expect(functionPolicies).toEqual([
      { region, function_arn: functionArn('one'), qualifier: null, document: '{"a":1}' },
      { region, function_arn: functionArn('one'), qualifier: 'live', document: '{"a":2}' },
    ]);
    expect(byResource(coverage).get(`${region} function_policies`)?.rows).toBe(2);
  });

  it('one file that was denied leaves the whole listing unread', async () => {
    const { functionPolicies, coverage } = await collected(
      account({
        ...functions,
        [`${region}/policies/one.json`]: { Policy: '{}' },
        [`${region}/policies/two.json`]: denied('GetPolicy'),
      }),
    );
    expect(functionPolicies).toEqual([]);
    expect(byResource(coverage).get(`${region} function_policies`)).toMatchObject({
      status: 'denied',
      message: expect.stringContaining('policies/two.json'),
    });
  });

  it('URLs come as get-function-url-config or list-function-url-configs prints them', async () => {
    const url = (arn: string) => ({ FunctionArn: arn, AuthType: 'NONE', CreationTime: '2026-01-05T10:00:00.000Z' });
    const { functionUrls } = await collected(
      account({
        ...functions,
        [`${region}/urls/one.json`]: url(functionArn('one')),
        [`${region}/urls/two.json`]: { FunctionUrlConfigs: [url(`${functionArn('two')}:live`)] },
      }),
    );
    expect(functionUrls).toEqual([
      {
        region,
        function_arn: functionArn('one'),
        qualifier: null,
        auth_type: 'NONE',
        created_at: new Date('2026-01-05T10:00:00Z'),
      },
      {
        region,
        function_arn: functionArn('two'),
        qualifier: 'live',
        auth_type: 'NONE',
        created_at: new Date('2026-01-05T10:00:00Z'),
      },
    ]);
  });
});

describe('A1: versions and their aliases', () => {
  const inFile = { Versions: [version('$LATEST'), version('1', { Role: roleArn('old') }), version('2')] };
  const aliases = {
    Aliases: [
      { Name: 'live', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } },
      { Name: 'beta', FunctionVersion: '2' },
      { Name: 'dev', FunctionVersion: '$LATEST' },
    ],
  };
  const shown = async (root: string) =>
    (await collected(root)).functionVersions.map(({ version, role_arn, aliases }) => [version, role_arn, aliases]);
  const expected = [
    ['1', roleArn('old'), ['live']],
    ['2', roleArn('worker'), ['beta', 'live']],
  ];

  it('stand in a file per function', async () => {
    const files = {
      [`${region}/functions.json`]: { Functions: [lambda('one')] },
      [`${region}/versions/one.json`]: inFile,
    };
    expect(await shown(account({ ...files, [`${region}/aliases/one.json`]: aliases }))).toEqual(expected);
  });

  it('or in functions.json, with --function-version ALL; once if in both', async () => {
    const files = {
      [`${region}/functions.json`]: { Functions: inFile.Versions },
      [`${region}/aliases/one.json`]: aliases,
    };
    expect(await shown(account(files))).toEqual(expected);
    const both = account({ ...files, [`${region}/versions/one.json`]: inFile });
    expect(await shown(both)).toEqual(expected);
    expect(byResource((await collected(both)).coverage).get(`${region} function_versions`)?.rows).toBe(2);
  });

  it('whose aliases were not provided say so', async () => {
    const root = account({ [`${region}/functions.json`]: { Functions: inFile.Versions } });
    expect(byResource((await collected(root)).coverage).get(`${region} function_versions`)).toMatchObject({
      status: 'ok',
      rows: 2,
      message: `${accountId}/${region}/aliases/ was not provided`,
    });
  });

  it('were not provided when functions.json has none and the folder is missing', async () => {
    const root = account({ [`${region}/functions.json`]: { Functions: [lambda('one')] } });
    expect(byResource((await collected(root)).coverage).get(`${region} function_versions`)?.status).toBe(
      'not_provided',
    );
  });

  it('are dropped when a file of theirs is cut off, wherever else they stand (A4)', async () => {
    const root = account({
      [`${region}/functions.json`]: { Functions: inFile.Versions },
      [`${region}/versions/one.json`]: '{"Versions": [',
    });
    const { functionVersions, functions, coverage } = await collected(root);
    expect(byResource(coverage).get(`${region} function_versions`)).toMatchObject({ status: 'error', rows: 0 });
    expect([functionVersions.length, functions.length]).toEqual([0, 1]);
  });
});

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

const half: Found = { function_tags: [{ arn: functionArn('one'), tags: {} }], aliases: [] };

/** A source whose only account answers what the test says; before it breaks off it has told half. */
const answering = (
  answers: (listing: Listing, place: Place) => Found | NotReadable,
  calls = new Map<string, number>(),
): Source => ({
  plan: () => Promise.reject(new Error('not planned here')),
  open: async () => ({
    calls,
    async *read(listing, place) {
      for (const action of listing.actions) calls.set(callKey(place.region, action), 3);
      const answer = answers(listing, place);
      if (!(answer instanceof NotReadable)) return yield answer;
      yield half;
      throw answer;
    },
  }),
});

describe('A4: coverage of a live account', () => {
  const collect = (source: Source, signal = never) =>
    collectAccount(source, accountRow(), [region, 'us-east-1'], signal);

  it('has the requests of each listing and region, counted once, and the time it took', async () => {
    const { coverage } = await collect(answering(() => ({})));
    const rows = byResource(coverage);
    expect(rows.get(`${region} functions`)?.api_calls).toBe(3);
    expect(rows.get('us-east-1 microvms')?.api_calls).toBe(12);
    expect(global.map((key) => rows.get(key)?.api_calls)).toEqual([9, 0, 0, 0]);
    for (const { duration_ms } of coverage) expect(duration_ms).toBeGreaterThanOrEqual(0);
  });

  it('counts the requests of a listing that was throttled, and drops what it gave', async () => {
    const throttled = new NotReadable('throttled', 'lambda:ListFunctions was throttled', 'TooManyRequestsException');
    const source = answering(({ resources }) => (resources.includes('functions') ? throttled : {}));
    const row = byResource((await collect(source)).coverage).get(`${region} functions`);
    expect(row).toMatchObject({ status: 'throttled', api_calls: 3, rows: 0, error_code: 'TooManyRequestsException' });
  });

  it('knows no aliases, not none, when they could not be read', async () => {
    const one = originOf({ accountId, region, functions: [] }, 'it');
    const denied = new NotReadable('denied', 'no aliases');
    const asked: (readonly string[] | NotReadable | undefined)[] = [];
    const source = answering(({ resources, scope, parse }, place) => {
      if (resources.includes('functions'))
        return place.region === region ? parse({ Functions: [lambda('one')] }, one) : {};
      if (resources.includes('function_versions')) return denied;
      if (scope === 'qualifier' && place.region === region) asked.push(place.functions[0]?.aliases);
      return {};
    });
    await collect(source);
    expect(asked).toEqual([denied]);
  });

  it('says of everything that the role is missing', async () => {
    const missing = new NotReadable('role_missing', 'no role', 'AccessDenied');
    const source: Source = { ...answering(() => ({})), open: () => Promise.reject(missing) };
    const { coverage } = await collect(source);
    expect(coverage).toHaveLength(global.length + 2 * regional.length);
    expect(new Set(coverage.map(({ status }) => status))).toEqual(new Set(['role_missing']));
  });

  it('is not written for a run that was stopped, nor for a fault of rolecall itself', async () => {
    const stop = new AbortController();
    const stopping = answering(() => {
      stop.abort(new Error('stopped'));
      return new NotReadable('error', 'because it was stopped');
    });
    await expect(collect(stopping, stop.signal)).rejects.toThrow('stopped');
    const faulty = answering(() => {
      throw new TypeError('fault');
    });
    await expect(collect(faulty)).rejects.toThrow('fault');
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
