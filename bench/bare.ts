/**
 * The requests of a snapshot sent bare: what the SDK's clients alone take to sign them, send them and understand the
 * answers, which are then thrown away. As many under way at a time as rolecall allows itself.
 */
import { AccountClient, paginateListRegions } from '@aws-sdk/client-account';
import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import { LambdaMicrovmsClient, paginateListMicrovmImages, paginateListMicrovms } from '@aws-sdk/client-lambda-microvms';
import * as organizations from '@aws-sdk/client-organizations';
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import pLimit from 'p-limit';
import { connections } from '../collectors/live/connections.ts';
import { patience, serviceLimits } from '../collectors/live/requests.ts';

const regions = (process.argv[2] ?? '').split(',');
/** Accounts of two batches, as a snapshot reads them. */
const accountsAtATime = 10;
const home = regions[0]!;

const limits = serviceLimits();
const { handler } = connections();
const caller: AwsCredentialIdentity = { accessKeyId: 'bench', secretAccessKey: 'bench' };

function clientOf<C>(
  Client: new (config: object) => C,
  service: string,
  region: string,
  credentials: AwsCredentialIdentity,
): C {
  const handle: typeof handler.handle = (...asked) => limits(service)(() => handler.handle(...asked));
  const requestHandler = { handle, metadata: handler.metadata };
  return new Client({ region, credentials, ...patience, requestHandler });
}

async function pagesOf<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

async function readRegion(region: string, credentials: AwsCredentialIdentity): Promise<void> {
  const client = clientOf(lambda.LambdaClient, 'lambda', region, credentials);
  const microvms = clientOf(LambdaMicrovmsClient, 'lambda', region, credentials);
  const tagging = clientOf(ResourceGroupsTaggingAPIClient, 'tag', region, credentials);
  const [functions] = await Promise.all([
    pagesOf(lambda.paginateListFunctions({ client, pageSize: 50 }, { FunctionVersion: 'ALL' })),
    pagesOf(lambda.paginateListEventSourceMappings({ client }, {})),
    pagesOf(lambda.paginateListCapacityProviders({ client }, {})),
    pagesOf(lambda.paginateListCodeSigningConfigs({ client }, {})),
    pagesOf(paginateListMicrovmImages({ client: microvms }, {})),
    pagesOf(paginateListMicrovms({ client: microvms }, {})),
    pagesOf(paginateGetResources({ client: tagging }, { ResourceTypeFilters: ['lambda'], ResourcesPerPage: 100 })),
  ]);
  const names = functions.flatMap(({ Functions = [] }) => Functions.map(({ FunctionName }) => FunctionName));
  const ofFunction = async (FunctionName: string | undefined): Promise<void> => {
    await pagesOf(lambda.paginateListAliases({ client }, { FunctionName }));
    await pagesOf(lambda.paginateListFunctionUrlConfigs({ client }, { FunctionName }));
    await client.send(new lambda.GetPolicyCommand({ FunctionName })).catch(() => undefined);
  };
  await Promise.all(names.map(ofFunction));
}

const sts = clientOf(STSClient, 'sts', home, caller);

async function readAccount(id: string | undefined): Promise<void> {
  const asked = { RoleArn: `arn:aws:iam::${id}:role/rolecall-collector`, RoleSessionName: 'bench' };
  const { Credentials: given } = await sts.send(new AssumeRoleCommand(asked));
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
  await pagesOf(paginateListRegions({ client: clientOf(AccountClient, 'account', home, credentials) }, {}));
  const client = clientOf(IAMClient, 'iam', home, credentials);
  await Promise.all([
    pagesOf(paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, {})),
    ...regions.map((region) => readRegion(region, credentials)),
  ]);
}

async function readOrganization(): Promise<(string | undefined)[]> {
  const client = clientOf(organizations.OrganizationsClient, 'organizations', home, caller);
  await sts.send(new GetCallerIdentityCommand({}));
  await pagesOf(paginateListRegions({ client: clientOf(AccountClient, 'account', home, caller) }, {}));
  const listed = await pagesOf(organizations.paginateListAccounts({ client }, {}));
  const ids = listed.flatMap(({ Accounts = [] }) => Accounts.map(({ Id }) => Id));
  const [{ Roots: [root] = [] } = {}] = await pagesOf(organizations.paginateListRoots({ client }, {}));
  await Promise.all([
    pagesOf(organizations.paginateListAccountsForParent({ client }, { ParentId: root?.Id })),
    pagesOf(organizations.paginateListOrganizationalUnitsForParent({ client }, { ParentId: root?.Id })),
    pagesOf(organizations.paginateListPolicies({ client }, { Filter: 'SERVICE_CONTROL_POLICY' })),
    pagesOf(organizations.paginateListPolicies({ client }, { Filter: 'RESOURCE_CONTROL_POLICY' })),
    ...ids.map((id) => pagesOf(organizations.paginateListTagsForResource({ client }, { ResourceId: id }))),
  ]);
  return ids;
}

const limit = pLimit(accountsAtATime);
const ids = await readOrganization();
await Promise.all(ids.map((id) => limit(() => readAccount(id))));
