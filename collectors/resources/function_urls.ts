import { LambdaClient, paginateListFunctionUrlConfigs } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { optionalTime, pick } from '../answer.ts';
import { functionArn } from '../function_arn.ts';
import { unlessGone } from '../gone.ts';
import { type Listing, originOf } from '../listing.ts';

const url = z.object({ FunctionArn: functionArn, AuthType: z.string(), CreationTime: optionalTime });

/** As `list-function-url-configs` prints it; `get-function-url-config` prints a single one. */
const answer = z.preprocess(
  (given) => (z.object({ AuthType: z.unknown() }).safeParse(given).success ? { FunctionUrlConfigs: [given] } : given),
  z.object({ FunctionUrlConfigs: z.array(url) }),
);

/** Function URLs and who may call them; AWS lists them function by function only. */
export const functionUrls: Listing = {
  resources: ['function_urls'],
  scope: 'function',
  actions: ['lambda:ListFunctionUrlConfigs'],
  required: false,
  exported: { folder: '{region}/urls' },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    for (const { name, arn } of place.functions) {
      for await (const page of unlessGone(paginateListFunctionUrlConfigs({ client }, { FunctionName: name }))) {
        yield this.parse(page, originOf(place, `lambda:ListFunctionUrlConfigs of ${name}`, arn));
      }
    }
  },
  parse(given, { where, region }) {
    const { FunctionUrlConfigs } = pick(answer, given, where);
    const rows = FunctionUrlConfigs.map(({ FunctionArn: { arn, qualifier }, AuthType, CreationTime }) => ({
      region,
      function_arn: arn,
      qualifier,
      auth_type: AuthType,
      created_at: CreationTime,
    }));
    return { function_urls: rows };
  },
};
