import type { Account, LambdaFunction, Organization, Role } from './organization/model.ts';

const found = <T>(item: T | undefined, what: string): T => {
  if (item === undefined) throw new Error(`The demo organization has no ${what}.`);
  return item;
};

export const accountNamed = (organization: Organization, name: string): Account =>
  found(
    organization.accounts.find((account) => account.name === name),
    `account ${name}`,
  );

export const roleNamed = (account: Account, name: string): Role =>
  found(
    account.roles.find((role) => role.name === name),
    `role ${name} in ${account.name}`,
  );

/** The first function of that name, whatever its region, unless one is given. */
export const functionNamed = (account: Account, name: string, region?: string): LambdaFunction =>
  found(
    account.functions.find((each) => each.name === name && (region === undefined || each.region === region)),
    `function ${name} in ${account.name}`,
  );
