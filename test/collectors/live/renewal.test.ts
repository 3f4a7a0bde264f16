import { afterEach, describe, expect, it } from 'vitest';
import { liveSource } from '../../../collectors/live/source.ts';
import { functions } from '../../../collectors/resources/functions.ts';
import { accountId, accountRow, never, region } from '../folder.ts';
import { pagedServer } from './paged_server.ts';

const hub = '999988887777';

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${hub}</Account>
  <Arn>arn:aws:iam::${hub}:user/operator</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

const assumed = (key: string, minutes: number): string =>
  `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId>
  <SecretAccessKey>not-a-secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>${new Date(Date.now() + minutes * 60_000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

/** Reads three pages of functions; answers who signed each, and how often the role was assumed. */
async function signers(minutes: number): Promise<{ pages: readonly string[]; assumptions: number }> {
  const pages: string[] = [];
  let assumptions = 0;
  const server = await pagedServer((asked, nth, key) => {
    if (asked.includes('GetCallerIdentity')) return identity;
    if (asked.includes('AssumeRole')) return assumed(`KEY${assumptions++}`, minutes);
    if (!asked.includes('/functions')) return { Regions: [] };
    pages.push(key);
    return { Functions: [], ...(nth('functions') < 2 ? { NextMarker: String(pages.length) } : {}) };
  });
  process.env.AWS_ENDPOINT_URL = server.endpoint;
  const caller = async () => ({ accessKeyId: 'CALLER', secretAccessKey: 'not-a-secret' });
  const source = liveSource({ caller, homeRegion: region, roleName: 'rolecall-collector', externalId: undefined });
  const reader = await source.open(accountRow(), never);
  for await (const _ of reader.read(functions, { accountId, region, functions: [] }));
  await server.stop();
  return { pages, assumptions };
}

describe('A2 credentials while an account is read', () => {
  afterEach(() => {
    delete process.env.AWS_ENDPOINT_URL;
  });

  it('that last are asked for once, and sign every page', async () => {
    expect(await signers(60)).toEqual({ pages: ['KEY0', 'KEY0', 'KEY0'], assumptions: 1 });
  });

  it('that are about to expire are renewed between pages, and the listing goes on', async () => {
    const { pages } = await signers(4);

    expect(new Set(pages).size).toBe(3);
    expect(pages).not.toContain('CALLER');
  });
});
