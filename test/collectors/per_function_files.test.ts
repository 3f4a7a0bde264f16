import { describe, expect, it } from 'vitest';
import {
  account,
  accountId,
  byResource,
  collected,
  denied,
  type Files,
  functionArn,
  lambda,
  region,
  version,
} from './folder.ts';

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
