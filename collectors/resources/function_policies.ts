import { GetPolicyCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { optionalDocument, pick } from '../answer.ts';
import { type ListedFunction, type Listing, originOf } from '../listing.ts';
import { NotReadable } from '../source.ts';

const answer = z.object({ Policy: optionalDocument });

/** Everything of a function that can have a policy of its own: itself, its versions, its aliases. */
function qualifiersOf({ name, versions, aliases }: ListedFunction): readonly (string | null)[] {
  if (!(aliases instanceof NotReadable)) return [null, ...versions, ...aliases];
  const { status, message, code } = aliases;
  throw new NotReadable(status, `the policies of the aliases of ${name} could not be asked for: ${message}`, code);
}

async function policyOf(client: LambdaClient, name: string, qualifier: string | null): Promise<unknown> {
  const asked = { FunctionName: name, ...(qualifier === null ? {} : { Qualifier: qualifier }) };
  return client.send(new GetPolicyCommand(asked)).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return {};
    throw error;
  });
}

/** Resource policies: who may invoke or change a function. AWS has no list, and each qualifier has its own. */
export const functionPolicies: Listing = {
  resources: ['function_policies'],
  scope: 'qualifier',
  actions: ['lambda:GetPolicy'],
  required: false,
  exported: { folder: '{region}/policies', mayBeMissing: true },
  async *live(session, place) {
    const client = session.client(LambdaClient, place.region);
    for (const listed of place.functions) {
      for (const qualifier of qualifiersOf(listed)) {
        const from = originOf(place, `lambda:GetPolicy of ${listed.name}`, listed.arn, qualifier);
        yield this.parse(await policyOf(client, listed.name, qualifier), from);
      }
    }
  },
  parse(given, { where, region, functionArn, qualifier }) {
    const { Policy } = pick(answer, given, where);
    if (!Policy) return {};
    return { function_policies: [{ region, function_arn: functionArn, qualifier, document: Policy }] };
  },
};
