import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetAccountAuthorizationDetailsCommand, GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import {
  GetPolicyCommand as GetFunctionPolicyCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import * as organizations from '@aws-sdk/client-organizations';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { clientsOf, homeRegion, type LiveOrganization, rootKeys } from './live_organization.ts';
import { hubAccount } from './ministack.ts';

type Write = (path: string, answer: object) => void;

/** The files that the README names, as the CLI would print them. */
export async function writeExport(root: string, { endpoint, accounts }: LiveOrganization): Promise<void> {
  const write: Write = (path, { $metadata: _, ...answer }: object & { $metadata?: unknown }) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(answer));
  };
  await writeOrganization(endpoint, write);
  for (const id of [accounts.shop, accounts.bank]) await writeAccount(endpoint, id, write);
}

async function writeOrganization(endpoint: string, write: Write): Promise<void> {
  const client = new organizations.OrganizationsClient({
    endpoint,
    region: homeRegion,
    credentials: rootKeys(hubAccount),
  });
  const listed = await client.send(new organizations.ListAccountsCommand({}));
  write('organization.json', listed);
  for (const { Id } of listed.Accounts ?? []) {
    write(
      `organization/tags/${Id}.json`,
      await client.send(new organizations.ListTagsForResourceCommand({ ResourceId: Id })),
    );
  }
  const roots = await client.send(new organizations.ListRootsCommand({}));
  write('organization/roots.json', roots);
  const ParentId = roots.Roots?.[0]?.Id;
  const below = await client.send(new organizations.ListOrganizationalUnitsForParentCommand({ ParentId }));
  write(`organization/ous/${ParentId}.json`, below);
  const children = await client.send(new organizations.ListAccountsForParentCommand({ ParentId }));
  write(`organization/children/${ParentId}.json`, children);
  const { Policies = [] } = await client.send(
    new organizations.ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }),
  );
  for (const { Id: PolicyId } of Policies) {
    const described = await client.send(new organizations.DescribePolicyCommand({ PolicyId }));
    write(`organization/policies/${PolicyId}.json`, described);
    const targets = await client.send(new organizations.ListTargetsForPolicyCommand({ PolicyId }));
    write(`organization/targets/${PolicyId}.json`, targets);
  }
}

async function writeAccount(endpoint: string, id: string, write: Write): Promise<void> {
  const credentials = rootKeys(id);
  const { iam, lambda } = clientsOf(endpoint, credentials);
  const tagging = new ResourceGroupsTaggingAPIClient({ endpoint, region: homeRegion, credentials });
  const details = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
  write(`${id}/authorization-details.json`, { ...details, Policies: [...(details.Policies ?? []), await admin(iam)] });
  const folder = `${id}/${homeRegion}`;
  const functions = await lambda.send(new ListFunctionsCommand({}));
  write(`${folder}/functions.json`, functions);
  write(`${folder}/event-source-mappings.json`, await lambda.send(new ListEventSourceMappingsCommand({})));
  write(`${folder}/tags.json`, await tagging.send(new GetResourcesCommand({ ResourceTypeFilters: ['lambda'] })));
  write(`${folder}/microvms.json`, { images: [], microvms: [] });
  for (const { FunctionName } of functions.Functions ?? []) {
    const aliases = await lambda.send(new ListAliasesCommand({ FunctionName }));
    write(`${folder}/versions/${FunctionName}.json`, { Versions: [] });
    write(`${folder}/aliases/${FunctionName}.json`, aliases);
    write(
      `${folder}/urls/${FunctionName}.json`,
      await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName })),
    );
    for (const Qualifier of [undefined, ...(aliases.Aliases ?? []).map(({ Name }) => Name)]) {
      const asked = Qualifier === undefined ? { FunctionName } : { FunctionName, Qualifier };
      const policy = await lambda.send(new GetFunctionPolicyCommand(asked)).catch(() => ({ Policy: '' }));
      write(`${folder}/policies/${[FunctionName, Qualifier].filter(Boolean).join('.')}.json`, policy);
    }
  }
}

/** AWS lists its own policies where somebody has them; the emulator leaves them out. */
async function admin(iam: ReturnType<typeof clientsOf>['iam']): Promise<object> {
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return { ...Policy, PolicyVersionList: [{ ...PolicyVersion, IsDefaultVersion: true }] };
}
