import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { pick } from '../answer.ts';
import { functionConfiguration, functionsOf } from '../function_configuration.ts';
import { type Listing, originOf } from '../listing.ts';

const answer = z.object({ Functions: z.array(functionConfiguration) });

/** Functions; with FunctionVersion ALL their published versions come along. */
export const functions: Listing = {
  resources: ['functions'],
  scope: 'region',
  actions: ['lambda:ListFunctions'],
  required: true,
  exported: { file: '{region}/functions.json' },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    for await (const page of paginateListFunctions({ client, pageSize: 50 }, { FunctionVersion: 'ALL' })) {
      yield this.parse(page, originOf(place, 'lambda:ListFunctions'));
    }
  },
  parse(given, from) {
    return functionsOf(pick(answer, given, from.where).Functions, from);
  },
};
