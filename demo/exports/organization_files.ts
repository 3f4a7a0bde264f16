import type { Account, ControlPolicy, Organization } from '../organization/model.ts';
import { pastMoment } from '../seeded.ts';
import { printed } from './moments.ts';

/** Files of an export that tell about the organization, by path below the export folder. */
export function organizationFiles(of: Organization): Record<string, unknown> {
  const parents = [of.rootId, ...of.units.map((unit) => unit.id)];
  return {
    'organization.json': { Accounts: of.accounts.map((each) => account(of, each)) },
    'organization/roots.json': { Roots: [root(of)] },
    ...byName(
      parents,
      (parent) => `organization/ous/${parent}.json`,
      (parent) => unitsOf(of, parent),
    ),
    ...byName(
      parents,
      (parent) => `organization/children/${parent}.json`,
      (parent) => childrenOf(of, parent),
    ),
    ...byName(
      of.controlPolicies,
      ({ id }) => `organization/policies/${id}.json`,
      (each) => described(of, each),
    ),
    ...byName(
      of.controlPolicies,
      ({ id }) => `organization/targets/${id}.json`,
      (each) => targets(of, each),
    ),
    ...byName(
      of.accounts,
      ({ id }) => `organization/tags/${id}.json`,
      (each) => tags(each),
    ),
  };
}

function byName<T>(items: readonly T[], path: (item: T) => string, content: (item: T) => unknown) {
  return Object.fromEntries(items.map((item) => [path(item), content(item)]));
}

const managementOf = (of: Organization): string => of.accounts.find((each) => each.isManagement)!.id;

const arn = (of: Organization, kind: string, id: string): string =>
  `arn:aws:organizations::${managementOf(of)}:${kind}/${of.id}/${id}`;

const account = (of: Organization, { id, name, state }: Account) => ({
  Id: id,
  Arn: arn(of, 'account', id),
  Email: `aws+${name}@brightaisle.example`,
  Name: name,
  Status: state,
  State: state,
  JoinedMethod: 'CREATED',
  JoinedTimestamp: printed(pastMoment(`joined ${id}`)),
});

const root = (of: Organization) => ({
  Id: of.rootId,
  Arn: arn(of, 'root', of.rootId),
  Name: 'Root',
  PolicyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'].map((Type) => ({ Type, Status: 'ENABLED' })),
});

const unitsOf = (of: Organization, parent: string) => ({
  OrganizationalUnits: of.units
    .filter((unit) => unit.parent === parent)
    .map(({ id, name }) => ({ Id: id, Arn: arn(of, 'ou', id), Name: name })),
});

const childrenOf = (of: Organization, parent: string) => ({
  Children: of.accounts.filter((each) => each.unit === parent).map(({ id }) => ({ Id: id, Type: 'ACCOUNT' })),
});

const described = (of: Organization, policy: ControlPolicy) => ({
  Policy: {
    PolicySummary: {
      Id: policy.id,
      Arn: policy.awsManaged
        ? `arn:aws:organizations::aws:policy/${policy.type.toLowerCase()}/${policy.id}`
        : arn(of, 'policy', `${policy.type.toLowerCase()}/${policy.id}`),
      Name: policy.name,
      Description: '',
      Type: policy.type,
      AwsManaged: policy.awsManaged,
    },
    Content: JSON.stringify(policy.document),
  },
});

function targets(of: Organization, policy: ControlPolicy) {
  return { Targets: policy.targets.map((id) => ({ TargetId: id, ...target(of, id) })) };
}

function target(of: Organization, id: string) {
  const unit = of.units.find((each) => each.id === id);
  if (unit) return { Arn: arn(of, 'ou', id), Name: unit.name, Type: 'ORGANIZATIONAL_UNIT' };
  const member = of.accounts.find((each) => each.id === id);
  if (member) return { Arn: arn(of, 'account', id), Name: member.name, Type: 'ACCOUNT' };
  return { Arn: arn(of, 'root', id), Name: 'Root', Type: 'ROOT' };
}

const tags = (of: Account) => ({ Tags: Object.entries(of.tags).map(([Key, Value]) => ({ Key, Value })) });
