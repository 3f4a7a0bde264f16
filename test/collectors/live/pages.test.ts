import { describe, expect, it } from 'vitest';
import type { Listing } from '../../../collectors/listing.ts';
import { allListings } from '../../../collectors/resources/all.generated.ts';
import { accountId, functionArn, region } from '../folder.ts';
import { pagedServer, sessionAt } from './paged_server.ts';

/** A listing's pages: where each stands, what it holds besides the token, and how AWS names the token. */
interface Paged {
  readonly action: string;
  readonly asked: RegExp;
  readonly empty: object | string;
  readonly token: string;
  /** What it answers while the pages of another listing are counted; else it is empty. */
  readonly holding?: object;
}

const xml = (inside: string): string =>
  `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>${inside}</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;

const paged: readonly Paged[] = [
  { action: 'lambda:ListFunctions', asked: /\/2015-03-31\/functions\?/, empty: { Functions: [] }, token: 'NextMarker' },
  { action: 'lambda:ListAliases', asked: /\/aliases/, empty: { Aliases: [] }, token: 'NextMarker' },
  { action: 'lambda:ListFunctionUrlConfigs', asked: /\/urls/, empty: { FunctionUrlConfigs: [] }, token: 'NextMarker' },
  {
    action: 'lambda:ListEventSourceMappings',
    asked: /\/event-source-mappings/,
    empty: { EventSourceMappings: [] },
    token: 'NextMarker',
  },
  {
    action: 'lambda:ListCapacityProviders',
    asked: /\/capacity-providers/,
    empty: { CapacityProviders: [] },
    token: 'NextMarker',
  },
  {
    action: 'lambda:ListCodeSigningConfigs',
    asked: /\/code-signing-configs\/?(\?|$)/,
    empty: { CodeSigningConfigs: [] },
    token: 'NextMarker',
    holding: {
      CodeSigningConfigs: [
        { CodeSigningConfigArn: 'csc', CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Warn' } },
      ],
    },
  },
  {
    action: 'lambda:ListFunctionsByCodeSigningConfig',
    asked: /\/code-signing-configs\/csc\/functions/,
    empty: { FunctionArns: [] },
    token: 'NextMarker',
  },
  { action: 'lambda:ListMicrovmImages', asked: /image/, empty: { items: [] }, token: 'nextToken' },
  { action: 'lambda:ListMicrovms', asked: /microvms/, empty: { items: [] }, token: 'nextToken' },
  {
    action: 'tag:GetResources',
    asked: /GetResources/,
    empty: { ResourceTagMappingList: [] },
    token: 'PaginationToken',
  },
  {
    action: 'iam:GetAccountAuthorizationDetails',
    asked: /GetAccountAuthorizationDetails/,
    empty: xml(''),
    token: 'xml',
  },
];

const answerOf = (one: Paged | undefined): object | string => one?.holding ?? one?.empty ?? {};

const withToken = ({ empty, token }: Paged, value: string | undefined): object | string => {
  if (value === undefined) return empty;
  if (typeof empty === 'string') return xml(`<IsTruncated>true</IsTruncated><Marker>${value}</Marker>`);
  return { ...empty, [token]: value };
};

const listings: readonly Listing[] = allListings;
const listingOf = (action: string): Listing => listings.find(({ actions }) => actions.includes(action))!;

/** Reads the listing of an action from a server that gives these tokens, page by page. */
async function read(one: Paged, tokens: readonly (string | undefined)[]) {
  const others = paged.filter(({ action }) => action !== one.action);
  const server = await pagedServer((asked, nth) =>
    one.asked.test(asked)
      ? withToken(one, tokens[Math.min(nth(one.action), tokens.length - 1)])
      : answerOf(others.find((other) => other.asked.test(asked))),
  );
  const session = sessionAt(server.endpoint);
  const place = {
    accountId,
    region: one.action.startsWith('iam:') ? 'global' : region,
    functions: [{ name: 'one', arn: functionArn('one'), versions: [], aliases: [] }],
  };
  try {
    for await (const _ of listingOf(one.action).live(session, place));
    return { calls: session.calls.get(`${place.region} ${one.action}`) };
  } finally {
    await server.stop();
  }
}

describe('A1 every listing that AWS gives in pages', () => {
  it('is held to these tests', () => {
    const asked = listings.flatMap(({ actions }) =>
      actions.filter((action) => /:(List|GetResources|GetAccount)/.test(action)),
    );

    expect(paged.map(({ action }) => action).sort()).toEqual(asked.sort());
  });

  it.each(paged)('$action: three pages, the middle one empty but for its token, are three requests', async (one) => {
    expect(await read(one, ['first', 'second', undefined])).toEqual({ calls: 3 });
  });

  it.each(paged)('$action: a token that comes back is an error, neither an end nor a circle', async (one) => {
    await expect(read(one, ['first', 'second', 'first', 'second'])).rejects.toMatchObject({ code: 'TokenLoop' });
  });
});
