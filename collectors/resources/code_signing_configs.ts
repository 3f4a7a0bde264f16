import {
  type CodeSigningConfig,
  LambdaClient,
  paginateListCodeSigningConfigs,
  paginateListFunctionsByCodeSigningConfig,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { pick } from '../answer.ts';
import { functionArn } from '../function_arn.ts';
import { type Listing, originOf } from '../listing.ts';

/** As ListCodeSigningConfigs gives it, with the functions that ListFunctionsByCodeSigningConfig gives for it. */
const config = z.object({
  CodeSigningConfigArn: z.string(),
  CodeSigningPolicies: z.object({ UntrustedArtifactOnDeployment: z.string() }),
  FunctionArns: z.array(functionArn),
});

const answer = z.object({ CodeSigningConfigs: z.array(config) });

async function withFunctions(client: LambdaClient, one: CodeSigningConfig): Promise<object> {
  const asked = { CodeSigningConfigArn: one.CodeSigningConfigArn };
  const arns: string[] = [];
  for await (const page of paginateListFunctionsByCodeSigningConfig({ client }, asked)) {
    arns.push(...(page.FunctionArns ?? []));
  }
  return { ...one, FunctionArns: arns };
}

/** Which functions take signed code only. ListFunctions does not tell, and a request per function would be many more. */
export const codeSigningConfigs: Listing = {
  resources: ['code_signing_configs'],
  scope: 'region',
  actions: ['lambda:ListCodeSigningConfigs', 'lambda:ListFunctionsByCodeSigningConfig'],
  required: false,
  exported: { file: '{region}/code-signing-configs.json' },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    const from = originOf(place, 'lambda:ListCodeSigningConfigs');
    for await (const page of paginateListCodeSigningConfigs({ client }, {})) {
      for (const one of page.CodeSigningConfigs ?? []) {
        yield this.parse({ CodeSigningConfigs: [await withFunctions(client, one)] }, from);
      }
    }
  },
  parse(given, { where }) {
    const configs = pick(answer, given, where).CodeSigningConfigs.map((one) => ({
      arn: one.CodeSigningConfigArn,
      enforced: one.CodeSigningPolicies.UntrustedArtifactOnDeployment === 'Enforce',
      functionArns: one.FunctionArns.map(({ arn }) => arn),
    }));
    return { code_signing_configs: configs };
  },
};
