import type { Account, Role } from '../organization/model.ts';
import { executionRoles, isReported, usage } from '../organization/usage.ts';
import type { Files } from './account_files.ts';
import { dayBefore } from './moments.ts';

/** What IAM reports of the use of services, a file for each execution role, where somebody asked for it. */
export function lastAccessedFiles(account: Account, date: string): Files {
  const roles = isReported(account) ? executionRoles(account) : [];
  return Object.fromEntries(roles.map((role) => [`service-last-accessed/${role.name}.json`, report(role, date)]));
}

const report = (role: Role, date: string) => ({
  JobStatus: 'COMPLETED',
  JobType: 'SERVICE_LEVEL',
  JobCreationDate: dayBefore(date),
  ServicesLastAccessed: [...usage(role)].map(([service, isUsed]) => ({
    ServiceName: service,
    ...(isUsed && {
      LastAuthenticated: dayBefore(date),
      LastAuthenticatedEntity: role.arn,
      LastAuthenticatedRegion: 'eu-west-1',
    }),
    ServiceNamespace: service,
    TotalAuthenticatedEntities: isUsed ? 1 : 0,
  })),
  JobCompletionDate: dayBefore(date),
  IsTruncated: false,
});
