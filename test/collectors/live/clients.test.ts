import { LambdaClient, paginateListAliases } from '@aws-sdk/client-lambda';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { describe, expect, it } from 'vitest';
import { region } from '../folder.ts';
import { pagedServer, sessionsAt } from './paged_server.ts';

const accounts = Array.from({ length: 40 }, (_, index) => `ACCOUNT${index}`);
const pages = 4;

/** Credentials that are about to expire whenever they are asked for, so that every request needs new ones. */
function expiring(account: string): AwsCredentialIdentityProvider {
  let given = 0;
  return async () => {
    given += 1;
    return { accessKeyId: `${account}x${given}`, secretAccessKey: account, expiration: new Date(Date.now() + 1000) };
  };
}

describe('clients of many accounts, of one service and region, at once (A1)', () => {
  it('sign each request with credentials of the account it is for, renewed while the run goes on', async () => {
    const signed = new Map<string, string[]>();
    const server = await pagedServer((asked, nth, key) => {
      // What is asked for tells the account, whoever signs.
      const account = /functions\/(\w+)\/aliases/.exec(asked)?.[1] ?? '';
      signed.set(account, [...(signed.get(account) ?? []), key]);
      return nth(account) < pages - 1
        ? { Aliases: [], NextMarker: `page ${nth(`marker of ${account}`)}` }
        : { Aliases: [] };
    });
    const open = sessionsAt(server.endpoint);
    const read = async (account: string): Promise<void> => {
      const client = open(expiring(account)).client(LambdaClient, region);
      for await (const _ of paginateListAliases({ client }, { FunctionName: account }));
    };
    await Promise.all(accounts.map(read)).finally(server.stop);
    expect([...signed.keys()].sort()).toEqual(accounts.toSorted());
    for (const [account, keys] of signed) {
      expect(keys.map((key) => key.split('x')[0])).toEqual(Array.from({ length: pages }, () => account));
      expect(new Set(keys).size).toBe(pages);
    }
  });
});
