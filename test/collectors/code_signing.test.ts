import { describe, expect, it } from 'vitest';
import type { Found } from '../../collectors/found.ts';
import type { Session } from '../../collectors/listing.ts';
import { codeSigningConfigs } from '../../collectors/resources/code_signing_configs.ts';
import { account, accountId, collected, functionArn, lambda, region } from './folder.ts';
import { session } from './recorded.ts';

const configArn = (id: string): string => `arn:aws:lambda:${region}:${accountId}:code-signing-config:${id}`;

const config = (id: string, UntrustedArtifactOnDeployment: 'Enforce' | 'Warn') => ({
  CodeSigningConfigArn: configArn(id),
  AllowedPublishers: { SigningProfileVersionArns: ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p/1'] },
  CodeSigningPolicies: { UntrustedArtifactOnDeployment },
});

async function all(of: Session): Promise<Found[]> {
  const found: Found[] = [];
  for await (const one of codeSigningConfigs.live(of, { accountId, region, functions: [] })) found.push(one);
  return found;
}

describe('A5: which functions take signed code only', () => {
  it('live: the configurations of a region, then the functions of each', async () => {
    const { session: of, asked } = session(({ path, query }) => {
      if (path.includes('csc-1')) return { FunctionArns: [functionArn('one')] };
      if (path.includes('csc-2')) return { FunctionArns: [] };
      return query.Marker === undefined
        ? { CodeSigningConfigs: [config('csc-1', 'Enforce')], NextMarker: 'm' }
        : { CodeSigningConfigs: [config('csc-2', 'Warn')] };
    });

    expect((await all(of)).flatMap(({ code_signing_configs = [] }) => code_signing_configs)).toEqual([
      { arn: configArn('csc-1'), enforced: true, functionArns: [functionArn('one')] },
      { arn: configArn('csc-2'), enforced: false, functionArns: [] },
    ]);
    expect(asked).toHaveLength(4);
  });

  it('live: without any configuration it is one request, whatever the number of functions', async () => {
    const { session: of, asked } = session(() => ({ CodeSigningConfigs: [] }));

    expect(await all(of)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('stands in the row of the function, and whether it is enforced or only warned of', async () => {
    const signed = { ...config('csc-1', 'Enforce'), FunctionArns: [functionArn('strict')] };
    const warned = { ...config('csc-2', 'Warn'), FunctionArns: [`${functionArn('lax')}:$LATEST`] };
    const { functions } = await collected(
      account({
        [`${region}/functions.json`]: { Functions: ['strict', 'lax', 'free'].map((name) => lambda(name)) },
        [`${region}/code-signing-configs.json`]: { CodeSigningConfigs: [signed, warned] },
      }),
    );

    expect(functions.map((one) => [one.function_name, one.code_signing_config_arn, one.code_signing_enforced])).toEqual(
      [
        ['free', null, null],
        ['lax', configArn('csc-2'), false],
        ['strict', configArn('csc-1'), true],
      ],
    );
  });

  it('stands beside the tags of the function', async () => {
    const signed = { ...config('csc-1', 'Enforce'), FunctionArns: [functionArn('one')] };
    const Tags = [{ Key: 'team', Value: 'checkout' }];
    const { functions } = await collected(
      account({
        [`${region}/functions.json`]: { Functions: [lambda('one')] },
        [`${region}/tags.json`]: { ResourceTagMappingList: [{ ResourceARN: functionArn('one'), Tags }] },
        [`${region}/code-signing-configs.json`]: { CodeSigningConfigs: [signed] },
      }),
    );

    expect(functions).toMatchObject([{ team: 'checkout', code_signing_config_arn: configArn('csc-1') }]);
  });
});
