import { LambdaClient, paginateListCapacityProviders } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { optionalText, optionalTime, pick } from '../answer.ts';
import { type Listing, originOf } from '../listing.ts';
import { workloadRow } from '../workload_row.ts';

const provider = z.object({
  CapacityProviderArn: z.string(),
  PermissionsConfig: z.object({ CapacityProviderOperatorRoleArn: optionalText }).nullish(),
  LastModified: optionalTime,
});

const answer = z.object({ CapacityProviders: z.array(provider) });

/** Capacity providers: Lambda runs their instances with an operator role. */
export const capacityProviders: Listing = {
  resources: ['capacity_providers'],
  scope: 'region',
  actions: ['lambda:ListCapacityProviders'],
  required: false,
  exported: { file: '{region}/capacity-providers.json' },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    for await (const page of paginateListCapacityProviders({ client }, {})) {
      yield this.parse(page, originOf(place, 'lambda:ListCapacityProviders'));
    }
  },
  parse(given, from) {
    const rows = pick(answer, given, from.where).CapacityProviders.map((one) =>
      workloadRow(from, {
        function_arn: one.CapacityProviderArn,
        kind: 'capacity_provider',
        function_name: one.CapacityProviderArn.split(':').at(-1) ?? '',
        role_arn: one.PermissionsConfig?.CapacityProviderOperatorRoleArn ?? null,
        last_modified: one.LastModified,
      }),
    );
    return { capacity_providers: rows };
  },
};
