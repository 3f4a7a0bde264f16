import { describe, expect, it } from 'vitest';
import { type AwsManaged, addSightings, rowsOf, type Sightings } from '../../pipeline/aws_managed.ts';

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** What an account saw of one policy: the version in force and its statement. */
const seen = (policy_id: string, version_id: string, updated: string | null, document = '{}'): AwsManaged => ({
  policies: [
    {
      account_id: 'aws',
      region: 'global',
      policy_id,
      version_id,
      is_default: true,
      kind: 'managed',
      is_aws_managed: true,
      name: 'AdministratorAccess',
      document,
      document_sha256: '',
      updated_at: updated === null ? null : new Date(updated),
      problem: null,
    },
  ],
  statements: [
    { account_id: 'aws', region: 'global', policy_id, position: 0, sid: version_id } as AwsManaged['statements'][0],
  ],
});

function merged(...accounts: readonly AwsManaged[]): AwsManaged {
  const known: Sightings = new Map();
  for (const account of accounts) addSightings(known, account);
  return rowsOf(known);
}

const winner = (...accounts: readonly AwsManaged[]) => {
  const { policies, statements } = merged(...accounts);
  return { versions: policies.map((row) => row.version_id), statements: statements.map(({ sid }) => sid) };
};

describe('A1: a policy of AWS stands once in a snapshot, however many accounts saw it', () => {
  const old = seen(admin, 'v1', '2020-01-01');
  const recent = seen(admin, 'v2', '2025-01-01');

  it('as the account saw it that saw it newest, statements with it', () => {
    expect(winner(old, recent)).toEqual({ versions: ['v2'], statements: ['v2'] });
    expect(winner(recent, old)).toEqual({ versions: ['v2'], statements: ['v2'] });
  });

  it('by the number of the version where times do not tell', () => {
    expect(winner(seen(admin, 'v9', null), seen(admin, 'v10', null)).versions).toEqual(['v10']);
    expect(winner(seen(admin, 'v10', null), seen(admin, 'v9', null)).versions).toEqual(['v10']);
  });

  it('between equals by the first', () => {
    const [a, b] = [seen(admin, 'v1', '2020-01-01', '"a"'), seen(admin, 'v1', '2020-01-01', '"b"')];
    expect(merged(a, b).policies.map(({ document }) => document)).toEqual(['"a"']);
  });

  it('beside other policies', () => {
    const other = seen('arn:aws:iam::aws:policy/ReadOnlyAccess', 'v3', '2021-01-01');
    expect(winner(old, other).versions).toEqual(['v1', 'v3']);
  });

  it('with all the versions that this account saw', () => {
    const both = { policies: [...old.policies, ...recent.policies], statements: recent.statements };
    expect(winner(both, old).versions).toEqual(['v1', 'v2']);
  });
});
