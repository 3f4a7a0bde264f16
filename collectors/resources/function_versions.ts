import { LambdaClient, paginateListAliases } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { pick } from '../answer.ts';
import { functionConfiguration, functionsOf } from '../function_configuration.ts';
import { unlessGone } from '../gone.ts';
import { type Listing, originOf } from '../listing.ts';

const alias = z.object({
  Name: z.string(),
  FunctionVersion: z.string(),
  RoutingConfig: z.object({ AdditionalVersionWeights: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

const answer = z
  .object({ Versions: z.array(functionConfiguration).optional(), Aliases: z.array(alias).optional() })
  .refine(({ Versions, Aliases }) => Versions !== undefined || Aliases !== undefined, {
    message: 'expected Versions or Aliases',
  });

const aliasOf = (functionArn: string, { Name, FunctionVersion, RoutingConfig }: z.infer<typeof alias>) => ({
  functionArn,
  name: Name,
  versions: [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})],
});

/** Published versions and the aliases that point at them. Live, ListFunctions already gave the versions. */
export const functionVersions: Listing = {
  resources: ['function_versions'],
  scope: 'function',
  actions: ['lambda:ListAliases'],
  required: false,
  exported: {
    folder: '{region}/versions',
    besides: '{region}/aliases',
    toldBefore: ({ functions }) => functions.some(({ versions }) => versions.length > 0),
  },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    for (const { name, arn } of place.functions) {
      for await (const page of unlessGone(paginateListAliases({ client }, { FunctionName: name }))) {
        yield this.parse({ Aliases: page.Aliases ?? [] }, originOf(place, `lambda:ListAliases of ${name}`, arn));
      }
    }
  },
  parse(given, from) {
    const { Versions = [], Aliases = [] } = pick(answer, given, from.where);
    const { function_versions } = functionsOf(Versions, from);
    return { function_versions, aliases: Aliases.map((one) => aliasOf(from.functionArn, one)) };
  },
};
