import { accountId, functionArn, lambda, region, role, roleArn, version } from '../folder.ts';
import type { Asked } from './asked.ts';
import { type Answer, Refusal } from './loopback_aws.ts';

const image = `arn:aws:lambda:${region}:${accountId}:microvm-image:shell`;
const codeSigning = (id: string): string => `arn:aws:lambda:${region}:${accountId}:code-signing-config:${id}`;
const policyOfAws = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** What one account holds: something of everything that a collector asks for. */
export const oneAccount = {
  regions: [region, 'us-east-1'],
  roles: ['worker', 'build'],
  /** With their published versions, as ListFunctions gives them. */
  functions: [lambda('one'), version('1'), lambda('two')],
  aliases: { one: ['live', 'beta'], two: [] },
  urls: { one: [null, 'live'], two: [] },
  eventSources: ['u1', 'u2'],
  tagged: ['one', 'two'],
  capacityProviders: ['big', 'small'],
  codeSigning: { 'csc-1': ['one', 'two'], 'csc-2': [] },
  /** The second has no active version yet. */
  images: [{ imageArn: image, latestActiveImageVersion: '3' }, { imageArn: `${image}-new` }],
  microvms: ['RUNNING', 'TERMINATED'].map((state, at) => ({ microvmId: `mvm-${at}`, imageArn: image, state })),
} as const;

type Token = 'Marker' | 'NextToken' | 'PaginationToken' | 'nextToken';

/** One item a page, so that everything comes in pages; the token is the place of the next item. */
function page<T>(items: readonly T[], { input }: Asked, token: Token): { items: T[]; next: string | undefined } {
  const at = Number(input[token] ?? 0);
  return { items: items.slice(at, at + 1), next: at + 1 < items.length ? String(at + 1) : undefined };
}

/** A page of a JSON service: the items in a member, the token in another. */
function listed<T>(asked: Asked, member: string, all: readonly T[], token: Token, given: string = token): object {
  const { items, next } = page(all, asked, token);
  return { [member]: items, ...(next === undefined ? {} : { [given]: next }) };
}

const lambdaList = (asked: Asked, member: string, all: readonly object[]): object =>
  listed(asked, member, all, 'Marker', 'NextMarker');

const result = (operation: string, inside: string): string =>
  `<${operation}Response><${operation}Result>${inside}</${operation}Result></${operation}Response>`;

function details(asked: Asked): string {
  const { items, next } = page(oneAccount.roles, asked, 'Marker');
  const attached = `<AttachedManagedPolicies><member><PolicyName>p</PolicyName><PolicyArn>${policyOfAws}</PolicyArn></member></AttachedManagedPolicies>`;
  const roles = items.map((name) => {
    const { Path, RoleName, RoleId, Arn } = role(name) as Record<string, string>;
    return `<member><Path>${Path}</Path><RoleName>${RoleName}</RoleName><RoleId>${RoleId}</RoleId><Arn>${Arn}</Arn>${attached}</member>`;
  });
  const more = next === undefined ? '' : `<IsTruncated>true</IsTruncated><Marker>${next}</Marker>`;
  return result('GetAccountAuthorizationDetails', `<RoleDetailList>${roles.join('')}</RoleDetailList>${more}`);
}

/** The key of a session is the external id that it was asked for with, if any. */
const credentials = ({ input: { ExternalId = 'ASIA' } }: Asked): string =>
  `<Credentials><AccessKeyId>${ExternalId}</AccessKeyId><SecretAccessKey>not-a-secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${new Date(Date.now() + 3600_000).toISOString()}</Expiration></Credentials>`;

const answers: Readonly<Record<string, (asked: Asked) => Answer>> = {
  'sts:GetCallerIdentity': () =>
    result('GetCallerIdentity', `<Account>${accountId}</Account><Arn>arn:aws:iam::${accountId}:user/operator</Arn>`),
  'sts:AssumeRole': (asked) => result('AssumeRole', credentials(asked)),
  'account:ListRegions': (asked) =>
    listed(
      asked,
      'Regions',
      oneAccount.regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })),
      'NextToken',
    ),
  'iam:GetAccountAuthorizationDetails': details,
  'iam:GetPolicy': () =>
    result('GetPolicy', `<Policy><Arn>${policyOfAws}</Arn><DefaultVersionId>v7</DefaultVersionId></Policy>`),
  'iam:GetPolicyVersion': () =>
    result(
      'GetPolicyVersion',
      '<PolicyVersion><VersionId>v7</VersionId><Document>%7B%22Statement%22%3A%5B%5D%7D</Document></PolicyVersion>',
    ),
  'lambda:ListFunctions': (asked) => lambdaList(asked, 'Functions', oneAccount.functions),
  'lambda:ListAliases': (asked) =>
    lambdaList(
      asked,
      'Aliases',
      oneAccount.aliases[asked.input.FunctionName as 'one'].map((Name) => ({ Name, FunctionVersion: '1' })),
    ),
  'lambda:ListFunctionUrlConfigs': (asked) =>
    lambdaList(
      asked,
      'FunctionUrlConfigs',
      oneAccount.urls[asked.input.FunctionName as 'one'].map((qualifier) => ({
        FunctionArn: [functionArn('one'), qualifier].filter(Boolean).join(':'),
        AuthType: 'AWS_IAM',
      })),
    ),
  'lambda:GetPolicy': ({ input }) =>
    input.FunctionName === 'one'
      ? { Policy: '{"Statement":[]}' }
      : new Refusal(404, 'ResourceNotFoundException', 'no policy'),
  'lambda:ListEventSourceMappings': (asked) =>
    lambdaList(
      asked,
      'EventSourceMappings',
      oneAccount.eventSources.map((UUID) => ({ UUID, FunctionArn: functionArn('one') })),
    ),
  'lambda:ListCapacityProviders': (asked) =>
    lambdaList(
      asked,
      'CapacityProviders',
      oneAccount.capacityProviders.map((name) => ({
        CapacityProviderArn: `arn:aws:lambda:${region}:${accountId}:capacity-provider:${name}`,
      })),
    ),
  'lambda:ListCodeSigningConfigs': (asked) =>
    lambdaList(
      asked,
      'CodeSigningConfigs',
      Object.keys(oneAccount.codeSigning).map((id) => ({
        CodeSigningConfigArn: codeSigning(id),
        CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
      })),
    ),
  'lambda:ListFunctionsByCodeSigningConfig': (asked) =>
    listed(
      asked,
      'FunctionArns',
      oneAccount.codeSigning[asked.input.Config?.split(':').at(-1) as 'csc-1'].map((name) => functionArn(name)),
      'Marker',
      'NextMarker',
    ),
  'lambda:ListMicrovmImages': (asked) => listed(asked, 'items', oneAccount.images, 'nextToken'),
  'lambda:GetMicrovmImageVersion': () => ({ imageArn: image, imageVersion: '3', buildRoleArn: roleArn('build') }),
  'lambda:ListMicrovms': (asked) => listed(asked, 'items', oneAccount.microvms, 'nextToken'),
  'lambda:GetMicrovm': () => ({ ...oneAccount.microvms[0], executionRoleArn: roleArn('worker') }),
  'tag:GetResources': (asked) =>
    listed(
      asked,
      'ResourceTagMappingList',
      oneAccount.tagged.map((name) => ({ ResourceARN: functionArn(name), Tags: [{ Key: 'team', Value: 'shop' }] })),
      'PaginationToken',
    ),
};

/** What AWS answers for the account. @throws for an action that the account was not expected to be asked. */
export function oneAccountAnswers(asked: Asked): Answer {
  const answer = answers[asked.action];
  if (answer === undefined) throw new Error(`${asked.action} was not expected`);
  return answer(asked);
}
