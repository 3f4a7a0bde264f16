import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import { ask } from '../../queries/ask.ts';
import { temporaryFolder } from '../lake/temporary_folder.ts';
import { edgesOf, newLake, take } from './snapshots.ts';

const ACCOUNT = '111122223333';
const DATE = '2026-01-05';
const AT = '2025-03-04T05:06:07+00:00';

type Statement = Readonly<Record<string, unknown>>;
const allow = (Action: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const deny = (Action: unknown): Statement => ({ Effect: 'Deny', Action, Resource: '*' });
const since = (operator: string) => ({ Condition: { [operator]: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } } });

/** Policies of a role by its name, each as its statements. */
interface Given {
  readonly policies: readonly (readonly Statement[])[];
  readonly boundary?: readonly Statement[];
}

const ways: Readonly<Record<string, Given>> = {
  'two-policies': { policies: [[allow('ec2:RunInstances')], [allow('iam:PassRole')]] },
  'own-policies-by-pattern': {
    policies: [[allow('iam:CreatePolicyVersion', { Resource: `arn:aws:iam::${ACCOUNT}:policy/own-*` })]],
  },
  'sessions-of-today': { policies: [[allow('iam:PutRolePolicy', since('DateGreaterThan'))]] },
  'all-but-storage': { policies: [[{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }]] },
  'odd-capitals': { policies: [[allow('IAM:putrolepolicy')]] },
  'denied-elsewhere': { policies: [[allow('iam:PutRolePolicy'), deny('s3:*')]] },
  'boundary-lets-through': { policies: [[allow('iam:PutRolePolicy')]], boundary: [allow('iam:*')] },
};

const dead: Readonly<Record<string, Given>> = {
  'allowed-and-denied': { policies: [[allow('iam:*'), deny('iam:*')]] },
  'denied-by-another-policy': { policies: [[allow('*')], [deny('*')]] },
  'only-denied': { policies: [[deny('iam:*')]] },
  'policies-of-aws': {
    policies: [[allow('iam:CreatePolicyVersion', { Resource: 'arn:aws:iam::aws:policy/own-*' })]],
  },
  'sessions-long-gone': { policies: [[allow('iam:CreatePolicyVersion', since('DateLessThan'))]] },
  'boundary-cuts': { policies: [[allow('iam:PutRolePolicy')]], boundary: [allow('s3:*')] },
  'scp-cuts': { policies: [[allow('iam:AttachRolePolicy')]] },
};

const documentOf = (Statement: readonly Statement[]) => ({ Version: '2012-10-17', Statement });
const policyArn = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;

const trust = documentOf([
  { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' },
]);

function roleOf(name: string, { policies, boundary }: Given): object {
  return {
    ...{ Path: '/', RoleName: name, RoleId: `AROA${name}`, Arn: `arn:aws:iam::${ACCOUNT}:role/${name}` },
    ...{ CreateDate: AT, AssumeRolePolicyDocument: trust, AttachedManagedPolicies: [] },
    RolePolicyList: policies.map((said, index) => ({ PolicyName: `p${index}`, PolicyDocument: documentOf(said) })),
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: policyArn(`of-${name}`) } }),
  };
}

function boundaryOf(name: string, { boundary }: Given): object[] {
  if (boundary === undefined) return [];
  const version = { Document: documentOf(boundary), VersionId: 'v1', IsDefaultVersion: true, CreateDate: AT };
  return [{ PolicyName: `of-${name}`, Arn: policyArn(`of-${name}`), PolicyVersionList: [version] }];
}

/** An export of one member account below one root, with an SCP on it. */
function exported(): string {
  const root = join(temporaryFolder(), 'exports');
  const write = (file: string, content: object) => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), JSON.stringify(content));
  };
  const given = Object.entries({ ...ways, ...dead });
  write(`${ACCOUNT}/authorization-details.json`, {
    RoleDetailList: given.map(([name, one]) => roleOf(name, one)),
    UserDetailList: [],
    GroupDetailList: [],
    Policies: given.flatMap(([name, one]) => boundaryOf(name, one)),
  });
  write(`${ACCOUNT}/eu-west-1/functions.json`, { Functions: [] });
  const arn = `arn:aws:organizations::999999999999:account/o-a/${ACCOUNT}`;
  write('organization.json', { Accounts: [{ Id: ACCOUNT, Arn: arn, Name: 'one', Status: 'ACTIVE' }] });
  write('organization/roots.json', { Roots: [{ Id: 'r-1', Name: 'Root' }] });
  write('organization/ous/r-1.json', { OrganizationalUnits: [] });
  write('organization/children/r-1.json', { Accounts: [{ Id: ACCOUNT }] });
  const summary = { Id: 'p-no', Name: 'no', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false };
  const content = JSON.stringify(documentOf([deny('iam:AttachRolePolicy')]));
  write('organization/policies/p-no.json', { Policy: { PolicySummary: summary, Content: content } });
  write('organization/targets/p-no.json', { Targets: [{ TargetId: 'r-1', Name: 'Root', Type: 'ROOT' }] });
  return root;
}

describe('B4: from an export to the question privilege_escalation', () => {
  test('finds the ways that are open and none that is not', { timeout: 30_000 }, async () => {
    const edges = edgesOf(newLake(), exportFolder(exported()));
    await take(edges, DATE);
    const { rows } = await ask(edges, 'privilege_escalation', {});
    const found = new Set(rows.map(({ principal_arn }) => String(principal_arn).split('/').at(-1)));
    expect([...found].sort()).toEqual(Object.keys(ways).sort());
    expect(new Set(rows.map(({ verdict }) => verdict))).not.toContain('unknown');
  });
});
