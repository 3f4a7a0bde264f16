import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { optionalText, pick } from '../answer.ts';
import { functionArn } from '../function_arn.ts';
import { type Listing, originOf } from '../listing.ts';

const answer = z.object({
  EventSourceMappings: z.array(z.object({ UUID: z.string(), FunctionArn: functionArn, EventSourceArn: optionalText })),
});

/** Queues, streams and tables that invoke functions. */
export const eventSourceMappings: Listing = {
  resources: ['event_source_mappings'],
  scope: 'region',
  actions: ['lambda:ListEventSourceMappings'],
  required: false,
  exported: { file: '{region}/event-source-mappings.json' },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    for await (const page of paginateListEventSourceMappings({ client }, {})) {
      yield this.parse(page, originOf(place, 'lambda:ListEventSourceMappings'));
    }
  },
  parse(given, { where, region }) {
    const { EventSourceMappings } = pick(answer, given, where);
    const rows = EventSourceMappings.map(({ UUID, FunctionArn, EventSourceArn }) => ({
      region,
      function_arn: FunctionArn.arn,
      qualifier: FunctionArn.qualifier,
      uuid: UUID,
      event_source_arn: EventSourceArn,
    }));
    return { event_source_mappings: rows };
  },
};
