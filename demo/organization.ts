import { emptyAccounts, organizationId, rootId, units } from './organization/accounts.ts';
import { controlPolicies } from './organization/control_policies.ts';
import { addDormantRoles } from './organization/dormant_roles.ts';
import { addExecutionBoundary } from './organization/execution_boundary.ts';
import { addExposedFunctions } from './organization/exposed_functions.ts';
import { addFunctionControl } from './organization/function_control.ts';
import type { Account, Organization } from './organization/model.ts';
import { addOtherWorkloads } from './organization/other_workloads.ts';
import { addPeople } from './organization/people.ts';
import { addPlatformFunctions } from './organization/platform_functions.ts';
import { addPlatformRoles } from './organization/platform_roles.ts';
import { addPowerfulRoles } from './organization/powerful_roles.ts';
import { deployService } from './organization/service_functions.ts';
import { services } from './organization/services.ts';
import { addTrustingRoles } from './organization/trusting_roles.ts';
import { addUnusual } from './organization/unusual.ts';

/** The demo organization, a retailer, as it stood before the story begins; a new copy each time. */
export function organization(): Organization {
  const accounts = emptyAccounts();
  const byName = new Map(accounts.map((account) => [account.name, account]));
  for (const account of accounts) {
    addPlatformRoles(account);
    addPlatformFunctions(account);
    addExecutionBoundary(account);
    addDormantRoles(account);
  }
  deployServices(byName);
  addPowerfulRoles(byName);
  addTrustingRoles(byName);
  addExposedFunctions(byName.get('data-production')!);
  addFunctionControl(byName.get('data-production')!);
  addUnusual(byName);
  addOtherWorkloads(byName.get('data-production')!);
  addPeople(byName);
  return { id: organizationId, rootId, units, accounts, controlPolicies: controlPolicies(accounts) };
}

function deployServices(accounts: ReadonlyMap<string, Account>): void {
  for (const service of services) {
    for (const environment of ['production', 'staging'] as const) {
      deployService({ service, environment, account: accounts.get(`${service.domain}-${environment}`)! });
    }
  }
}
