/**
 * Answers as AWS does for many alike accounts, page by page, each answer after the same while. Prints its port.
 * `/counts` tells what was asked since it was asked last, by service.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const accounts = Number(process.argv[2]);
const latencyMs = Number(process.argv[3]);
const pageSize = 20;
const hub = '100000000000';

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'].map((RegionName) => ({
  RegionName,
  RegionOptStatus: 'ENABLED_BY_DEFAULT',
}));

const idOf = (index: number): string => String(100000000000 + index);

const member = (items: readonly string[]): string => items.map((item) => `<member>${item}</member>`).join('');
const document = encodeURIComponent(
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }),
);

const role = (account: string, name: string): string =>
  `<Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA${account}${name}</RoleId><Arn>arn:aws:iam::${account}:role/${name}</Arn>
   <AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument>
   <RolePolicyList><member><PolicyName>own</PolicyName><PolicyDocument>${document}</PolicyDocument></member></RolePolicyList>`;

function iam(account: string, body: URLSearchParams): string {
  const first = body.get('Marker') === null;
  const names = Array.from({ length: 25 }, (_, index) => `role-${first ? 'a' : 'b'}-${index}`);
  const more = first ? '<IsTruncated>true</IsTruncated><Marker>next</Marker>' : '<IsTruncated>false</IsTruncated>';
  const result = `<RoleDetailList>${member(names.map((name) => role(account, name)))}</RoleDetailList>${more}`;
  return `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>${result}</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;
}

/** The account of a session is its access key. */
function sts(account: string, body: URLSearchParams): string {
  if (body.get('Action') === 'GetCallerIdentity') {
    return `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/bench</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
  }
  const assumed = body.get('RoleArn')?.split(':')[4];
  const expires = new Date(Date.now() + 3600_000).toISOString();
  return `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${assumed}</AccessKeyId><SecretAccessKey>bench</SecretAccessKey><SessionToken>bench</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

function organizations(operation: string, body: Record<string, string>): object {
  const start = Number(body.NextToken ?? 0);
  const listed = Array.from({ length: Math.min(pageSize, accounts - start) }, (_, index) => {
    const Id = idOf(start + index);
    return { Id, Arn: `arn:aws:organizations::${hub}:account/o-bench/${Id}`, Name: `account ${Id}`, State: 'ACTIVE' };
  });
  const more = start + pageSize < accounts ? { NextToken: String(start + pageSize) } : {};
  const answers: Readonly<Record<string, object>> = {
    ListAccounts: { Accounts: listed, ...more },
    ListAccountsForParent: { Accounts: listed, ...more },
    ListRoots: { Roots: [{ Id: 'r-root', Name: 'Root' }] },
    ListOrganizationalUnitsForParent: { OrganizationalUnits: [] },
    ListPolicies: { Policies: [] },
    ListTagsForResource: { Tags: [] },
  };
  return answers[operation] ?? {};
}

function lambda(account: string, region: string, url: URL): object {
  const arn = `arn:aws:lambda:${region}:${account}:function:`;
  const first = url.searchParams.get('Marker') === null;
  if (url.pathname.endsWith('/functions')) {
    const FunctionName = first ? 'one' : 'two';
    const Role = `arn:aws:iam::${account}:role/role-a-0`;
    const one = { FunctionName, FunctionArn: arn + FunctionName, Version: '$LATEST', Role, Runtime: 'nodejs22.x' };
    return { Functions: [one], ...(first ? { NextMarker: 'next' } : {}) };
  }
  return {
    Aliases: [],
    FunctionUrlConfigs: [],
    EventSourceMappings: [],
    CapacityProviders: [],
    CodeSigningConfigs: [],
    items: [],
  };
}

const counts = new Map<string, number>();

function tellCounts(): string {
  const told = JSON.stringify(Object.fromEntries([...counts].sort()));
  counts.clear();
  return told;
}

async function answer(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const scope = /Credential=(\w+)\/\d+\/([\w-]+)\/([\w-]+)\//.exec(incoming.headers.authorization ?? '');
  const [, key = hub, region = '', service = ''] = scope ?? [];
  const account = key === 'bench' ? hub : key;
  counts.set(service, (counts.get(service) ?? 0) + 1);
  const operation = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  if (service === 'sts') return sts(account, new URLSearchParams(text));
  if (service === 'iam') return iam(account, new URLSearchParams(text));
  if (service === 'organizations') return JSON.stringify(organizations(operation, JSON.parse(text || '{}')));
  if (service === 'tagging') return JSON.stringify({ ResourceTagMappingList: [] });
  if (service === 'account') return JSON.stringify({ Regions: regions });
  return JSON.stringify(lambda(account, region, new URL(incoming.url ?? '/', 'http://127.0.0.1')));
}

const server = createServer(async (incoming, outgoing) => {
  if (incoming.url === '/counts') return outgoing.end(tellCounts());
  const isPolicy = /\/policy$/.test(incoming.url?.split('?')[0] ?? '');
  const text = await answer(incoming);
  setTimeout(() => {
    outgoing.writeHead(isPolicy ? 404 : 200, isPolicy ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {});
    outgoing.end(isPolicy ? '{}' : text);
  }, latencyMs);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
