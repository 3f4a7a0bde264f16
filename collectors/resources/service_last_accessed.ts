import { z } from 'zod';
import { optionalList, optionalTime, pick } from '../answer.ts';
import type { Listing } from '../listing.ts';
import { NotReadable } from '../source.ts';

const action = z.object({ ActionName: z.string(), LastAccessedTime: optionalTime });

const service = z.object({
  ServiceNamespace: z.string(),
  LastAuthenticated: optionalTime,
  TrackedActionsLastAccessed: optionalList(action),
});

const answer = z.object({
  JobStatus: z.string(),
  JobCompletionDate: optionalTime,
  ServicesLastAccessed: optionalList(service),
});

/**
 * When roles last tried to use the services they are granted, in `service-last-accessed/<role>.json`. IAM makes each
 * report as a job of its own, so that live reading would take a job for each role: only exports hold them.
 * Page: GetServiceLastAccessedDetails.
 */
export const serviceLastAccessed: Listing = {
  resources: ['service_last_accessed'],
  scope: 'account',
  actions: [],
  required: false,
  exported: { answersIn: 'service-last-accessed' },
  live() {
    throw new NotReadable('not_provided', 'IAM makes a report for each role on request: only an export can hold them');
  },
  parse(given, { where }) {
    const { JobStatus, JobCompletionDate, ServicesLastAccessed } = pick(answer, given, where);
    if (JobStatus !== 'COMPLETED' || JobCompletionDate === null) {
      throw new NotReadable('error', `${where} is no finished report; ask for it again`, 'NotCompleted');
    }
    const usage = {
      role_name: /([^/]*)\.json$/.exec(where)?.[1] ?? '',
      reported_at: JobCompletionDate,
      services: ServicesLastAccessed.map((one) => ({
        service: one.ServiceNamespace.toLowerCase(),
        last_attempted_at: one.LastAuthenticated,
        actions: one.TrackedActionsLastAccessed.map(({ ActionName, LastAccessedTime }) => ({
          action: ActionName,
          last_attempted_at: LastAccessedTime,
        })),
      })),
    };
    return { service_last_accessed: [usage] };
  },
};
