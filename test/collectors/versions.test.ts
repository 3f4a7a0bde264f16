import { describe, expect, it } from 'vitest';
import { account, accountId, byResource, collected, lambda, region, roleArn, version } from './folder.ts';

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
