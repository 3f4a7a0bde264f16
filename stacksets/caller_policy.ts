import { organizationActions } from '../collectors/live/organization.ts';
import { regionsAction } from '../collectors/live/regions.ts';
import { collectorRoleName } from './collector_role.ts';

/** What whoever runs rolecall needs: to list the organization, and to become the collector role in its accounts. */
export const callerPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'ListTheOrganization', Effect: 'Allow', Action: [regionsAction, ...organizationActions], Resource: '*' },
    {
      Sid: 'BecomeTheCollector',
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Resource: `arn:aws:iam::*:role/${collectorRoleName}`,
    },
  ],
} as const;
