import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateOrganizationCommand, ListRootsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloudFormation, collectorRoleParameters, collectorRoleTemplate } from './cloudformation.ts';
import type { Emulator } from './emulators.ts';
import { environmentOf, rolecall } from './live_command.ts';
import {
  createMember,
  externalId,
  fillWithFunctions,
  homeRegion,
  type Keys,
  secretValue,
  withoutAction,
} from './live_organization.ts';
import { hubAccount } from './ministack.ts';
import { startMoto } from './moto.ts';

const lake = mkdtempSync(join(tmpdir(), 'rolecall-moto-'));
const keys: Keys = { accessKeyId: 'test', secretAccessKey: 'test' };
let emulator: Emulator;
let shop: string;
let bank: string;

/** The template as a service-managed StackSet over the whole organization, as the README says. */
async function deployStackSet(organizations: OrganizationsClient): Promise<void> {
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const StackSetName = 'rolecall-collector';
  await cloudFormation(emulator.endpoint, keys, 'CreateStackSet', {
    StackSetName,
    TemplateBody: collectorRoleTemplate(),
    PermissionModel: 'SERVICE_MANAGED',
    'AutoDeployment.Enabled': 'true',
    'AutoDeployment.RetainStacksOnAccountRemoval': 'false',
    'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
    ...collectorRoleParameters(externalId),
  });
  await cloudFormation(emulator.endpoint, keys, 'CreateStackInstances', {
    StackSetName,
    'DeploymentTargets.OrganizationalUnitIds.member.1': Roots![0]!.Id!,
    'Regions.member.1': homeRegion,
  });
}

/** Moto takes whoever assumed a role of the account for its administrator. */
async function administrator(accountId: string): Promise<Keys> {
  if (accountId === hubAccount) return keys;
  const sts = new STSClient({ endpoint: emulator.endpoint, region: homeRegion, credentials: keys });
  const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'fill' }));
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
}

const sql = async (statement: string): Promise<readonly Record<string, unknown>[]> =>
  JSON.parse((await rolecall({}, 'sql', statement, '--lake', lake, '--format', 'json')).out);

beforeAll(async () => {
  emulator = await startMoto();
  const organizations = new OrganizationsClient({ endpoint: emulator.endpoint, region: homeRegion, credentials: keys });
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  shop = await createMember(organizations, 'shop');
  bank = await createMember(organizations, 'bank');
  await deployStackSet(organizations);
  for (const id of [hubAccount, shop, bank]) {
    // Its authorization details break on inline policies that came from a template and not from this call.
    await withoutAction(emulator.endpoint, await administrator(id), 'none');
  }
  await fillWithFunctions(emulator.endpoint, await administrator(shop));
});

afterAll(async () => {
  await emulator?.stop();
  rmSync(lake, { recursive: true });
});

describe('an organization whose collector roles a service-managed StackSet made, on the second emulator (A1, A2)', () => {
  test('is read by the command that a user types', async () => {
    const { exitCode, err } = await rolecall(
      environmentOf({ endpoint: emulator.endpoint, operator: keys }),
      ...['snapshot', '--lake', lake, '--regions', homeRegion],
    );

    expect(err).toContain('3 of 3 accounts complete');
    expect(err).not.toContain(secretValue);
    expect(exitCode).toBe(0);
  });

  test('in every account of which the role was made', async () => {
    expect(
      await sql("select account_id, is_service_linked from roles_latest where name = 'rolecall-collector' order by 1"),
    ).toEqual([hubAccount, shop, bank].sort().map((account_id) => ({ account_id, is_service_linked: false })));
  });

  test('with functions, their versions and aliases, and policies of AWS', async () => {
    expect(await sql('select function_name, team, environment_names from functions_latest order by 1')).toEqual(
      ['cart', 'mail', 'stock'].map((function_name) => ({
        function_name,
        team: 'checkout',
        environment_names: ['API_TOKEN'],
      })),
    );
    expect(await sql('select version, aliases from function_versions_latest')).toEqual([
      { version: '1', aliases: ['live'] },
    ]);
    expect(await sql("select is_admin from roles_latest where name = 'worker'")).toEqual([{ is_admin: true }]);
  });
});
