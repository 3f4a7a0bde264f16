import { z } from 'zod';
import { parseDocument } from '../analysis/document.ts';
import { unknownActions } from '../analysis/granted_actions.ts';
import { optionalDocument, optionalText, tagList } from './answer.ts';
import type { Tags } from './found.ts';
import { teamOf } from './ownership.ts';
import type { AccountRow, OrganizationPolicyRow } from './source.ts';

// Answers as AWS Organizations gives them (AWS Organizations API Reference).

const account = z
  .object({
    Id: z.string().regex(/^\d{12}$/),
    Arn: optionalText,
    Name: optionalText,
    State: optionalText,
    Status: optionalText,
  })
  .transform(({ Id, Arn, Name, State, Status }) => ({ id: Id, arn: Arn, name: Name, state: State ?? Status }));

const unit = z.object({ Id: z.string(), Name: z.string() }).transform(({ Id, Name }) => ({ id: Id, name: Name }));

/** ListAccounts. */
export const accountsAnswer = z.object({ Accounts: z.array(account) });
/** ListRoots. */
export const rootsAnswer = z.object({ Roots: z.array(unit) });
/** ListOrganizationalUnitsForParent. */
export const unitsAnswer = z.object({ OrganizationalUnits: z.array(unit) });

/** ListAccountsForParent, or ListChildren: ids of the accounts that a parent holds. */
export const childrenAnswer = z
  .object({
    Accounts: z.array(account).optional(),
    Children: z.array(z.object({ Id: z.string(), Type: z.string() })).optional(),
  })
  .refine(({ Accounts, Children }) => Accounts !== undefined || Children !== undefined, {
    message: 'expected Accounts or Children',
  })
  .transform(({ Accounts = [], Children = [] }): readonly string[] => [
    ...Accounts.map(({ id }) => id),
    ...Children.filter(({ Type }) => Type === 'ACCOUNT').map(({ Id }) => Id),
  ]);

/** DescribePolicy. */
export const policyAnswer = z.object({
  Policy: z.object({
    PolicySummary: z.object({ Id: z.string(), Name: z.string(), Type: z.string() }),
    Content: optionalDocument,
  }),
});
/** ListTargetsForPolicy. */
export const targetsAnswer = z.object({ Targets: z.array(z.object({ TargetId: z.string() })) });
/** ListTagsForResource. */
export const tagsAnswer = z.object({ Tags: tagList });

export type AccountAnswer = z.infer<typeof account>;
export type Unit = z.infer<typeof unit>;

/** Roots and organizational units by id, and the parent of everything that has one. */
export interface Tree {
  readonly units: ReadonlyMap<string, Unit>;
  readonly parents: ReadonlyMap<string, string>;
}

export interface ControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly document: string;
  readonly targets: readonly string[];
}

/** The types that limit what an account can do (AWS Organizations User Guide, "Authorization policies"). */
export const limiting: ReadonlySet<string> = new Set(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']);

/**
 * Whether some SCPs allow and FullAWSAccess, which no organization can delete, is not among them: the list then lacks
 * what other levels allow (AWS Organizations User Guide, "SCP evaluation").
 */
export function lacksFullAccess(policies: readonly ControlPolicy[]): boolean {
  const scps = policies.filter(({ type }) => type === 'SERVICE_CONTROL_POLICY');
  const allowing = scps.filter(({ document }) =>
    parseDocument(document, 'identity').statements.some(({ effect }) => effect === 'Allow'),
  );
  return allowing.length > 0 && !scps.some(({ id }) => id === 'p-FullAWSAccess');
}

/** The management account, as the ARNs of the accounts name it; null when none does. */
export function managementAccount(accounts: readonly AccountAnswer[]): string | null {
  const owners = accounts.map(({ arn }) => /^arn:[\w-]+:organizations::(\d{12}):account\//.exec(arn ?? '')?.[1]);
  return owners.find((owner) => owner !== undefined) ?? null;
}

/** Everything above an account, the root first and the account itself last. */
function chainOf(tree: Tree, accountId: string): readonly string[] {
  const chain = [accountId];
  for (let above = tree.parents.get(accountId); above !== undefined && !chain.includes(above); ) {
    chain.unshift(above);
    above = tree.parents.get(above);
  }
  return chain;
}

const nameOf = (tree: Tree, id: string): string => tree.units.get(id)?.name ?? id;

type PlaceOfAccount = Pick<AccountRow, 'ou_id' | 'ou_path' | 'organization_id' | 'organization_path'>;

function placeOf(tree: Tree | null, { id, arn }: AccountAnswer): PlaceOfAccount {
  const organization_id = /^arn:[\w-]+:organizations::\d{12}:account\/(o-\w+)\//.exec(arn ?? '')?.[1] ?? null;
  const above = tree === null ? [] : chainOf(tree, id).slice(0, -1);
  if (tree === null || above.length === 0)
    return { ou_id: null, ou_path: null, organization_id, organization_path: null };
  return {
    ou_id: above.at(-1) ?? null,
    ou_path: above.map((one) => nameOf(tree, one)).join('/'),
    organization_id,
    organization_path: organization_id === null ? null : `${[organization_id, ...above].join('/')}/`,
  };
}

/** Accounts that the tree knows no parent of: nobody can say what is attached above them. */
export const withoutParent = (tree: Tree, accounts: readonly AccountAnswer[]): readonly string[] =>
  accounts.map(({ id }) => id).filter((id) => !tree.parents.has(id));

/** Rows of the table accounts; without the tree nobody knows where an account stands. */
export function accountRows(
  accounts: readonly AccountAnswer[],
  tree: Tree | null,
  tagsOf: ReadonlyMap<string, Tags>,
): AccountRow[] {
  const management = managementAccount(accounts);
  return accounts.map((one) => {
    const { id, name, state } = one;
    const tags = tagsOf.get(id) ?? {};
    return {
      account_id: id,
      name,
      state,
      ...placeOf(tree, one),
      is_management: management === null ? null : id === management,
      team: teamOf(tags),
      tags: JSON.stringify(tags),
    };
  });
}

/**
 * Which control policy reaches which account, and from how far up: level 0 is the root.
 * A policy reaches everything below what it is attached to, save the management account
 * (AWS Organizations User Guide, "SCP evaluation", "Resource control policies").
 */
export function organizationPolicyRows(
  accounts: readonly AccountAnswer[],
  tree: Tree,
  policies: readonly ControlPolicy[],
): OrganizationPolicyRow[] {
  const attached = policies
    .filter(({ type }) => limiting.has(type))
    .map((policy) => ({ policy, document: parseDocument(policy.document, 'identity') }));
  const management = managementAccount(accounts);
  const members = accounts.filter(({ id }) => id !== management);
  return members.flatMap(({ id: accountId }) =>
    chainOf(tree, accountId).flatMap((target, level) =>
      attached
        .filter(({ policy }) => policy.targets.includes(target))
        .map(({ policy: { id, name, type }, document: { text, sha256, statements } }) => ({
          account_id: accountId,
          policy_id: id,
          name,
          type,
          target,
          level,
          document: text,
          document_sha256: sha256,
          unknown_actions: statements.flatMap(unknownActions),
        })),
    ),
  );
}
