import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { account, byResource, collected, details, type Files, functionArn, lambda, region, role } from './folder.ts';

const canary = 'canary-9f8e7d6c5b';
const Environment = { Variables: { DATABASE_PASSWORD: canary } };
const image = `arn:aws:lambda:${region}:111122223333:microvm-image:shell`;

/** Files with a value of a variable in every place where AWS puts one. */
const honest: Files = {
  [`${region}/functions.json`]: { Functions: [lambda('one', { Environment })] },
  [`${region}/versions/one.json`]: {
    Versions: [lambda('one', { FunctionArn: `${functionArn('one')}:1`, Version: '1', Environment })],
  },
  [`${region}/microvms.json`]: {
    images: [{ imageArn: image, environmentVariables: { API_TOKEN: canary } }],
    microvms: [],
  },
};

/** The same, broken so that an error has to speak of it. */
const broken: Readonly<Record<string, Files>> = {
  'cut in the middle of a value': {
    [`${region}/functions.json`]: `{"Functions": [{"Environment": {"Variables": {"K": "${canary}`,
  },
  'a stray character behind a value': {
    [`${region}/functions.json`]: `{"Functions": [{"Environment": {"Variables": {"K": "${canary}"}} oops`,
  },
  'a value where a list belongs': { [`${region}/functions.json`]: { Functions: canary } },
  'a value in every member that is used': {
    [`${region}/functions.json`]: {
      Functions: [
        lambda('one', {
          FunctionArn: canary,
          LastModified: canary,
          Timeout: canary,
          MemorySize: [canary],
          Layers: canary,
          VpcConfig: canary,
          Environment: canary,
        }),
      ],
    },
  },
  'variables as a list': {
    [`${region}/functions.json`]: { Functions: [lambda('one', { Environment: { Variables: [canary] } })] },
  },
  'a page of several': {
    [`${region}/functions.json`]: { Functions: [lambda('one', { Environment })], NextMarker: canary },
  },
  'versions of another shape': {
    [`${region}/versions/one.json`]: { Versions: [{ Environment, FunctionArn: [canary] }] },
  },
  'an image of another shape': {
    [`${region}/microvms.json`]: { images: [{ imageArn: { canary }, environmentVariables: [canary], tags: [canary] }] },
  },
  'a policy of another shape': { [`${region}/policies/one.json`]: { Policy: 7, Environment } },
  'roles of another shape': {
    'authorization-details.json': details({ RoleDetailList: [role('r', { Tags: canary, CreateDate: canary })] }),
  },
};

const everything = (value: unknown) =>
  inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null, showHidden: true });

describe('A5: names of environment variables are collected, values never', () => {
  it('from a function, its versions and a MicroVM image', async () => {
    const found = await collected(account(honest));
    expect(found.functions.map(({ environment_names }) => environment_names)).toEqual([
      ['DATABASE_PASSWORD'],
      ['API_TOKEN'],
    ]);
    expect(found.functionVersions).toHaveLength(1);
    expect(everything(found)).not.toContain(canary);
    expect(JSON.stringify(found)).not.toContain(canary);
  });

  it.each(Object.entries(broken))('nor in what is said of a file that is broken: %s', async (_name, files) => {
    const found = await collected(account({ ...honest, ...files }));
    expect([...byResource(found.coverage).values()].some(({ status }) => status === 'error')).toBe(true);
    expect(everything(found)).not.toContain(canary);
  });
});
