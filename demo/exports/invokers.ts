import type { Document } from '../organization/documents.ts';
import { statementsOf } from '../organization/documents.ts';
import type { LambdaFunction } from '../organization/model.ts';
import { hex, uuid } from '../seeded.ts';
import { printed } from './moments.ts';

/** What `aws lambda get-policy` prints: the document is text; `*` as its Resource becomes the function's ARN. */
export function functionPolicy(of: LambdaFunction, qualifier: string, document: Document) {
  const Resource = qualified(of, qualifier);
  const Statement = statementsOf(document).map((statement) => ({ ...statement, Resource }));
  return {
    Policy: JSON.stringify({ ...document, Id: 'default', Statement }),
    RevisionId: uuid(`policy ${Resource}`),
  };
}

/** What `aws lambda list-function-url-configs` prints. */
export const urlConfigs = (of: LambdaFunction) => ({
  FunctionUrlConfigs: Object.entries(of.urls).map(([qualifier, AuthType]) => ({
    FunctionUrl: `https://${hex(`url ${of.arn} ${qualifier}`, 32)}.lambda-url.${of.region}.on.aws/`,
    FunctionArn: qualified(of, qualifier),
    CreationTime: printed(of.lastModified),
    LastModifiedTime: printed(of.lastModified),
    AuthType,
    InvokeMode: 'BUFFERED',
  })),
});

/** What `aws lambda list-event-source-mappings` prints for a region. */
export const eventSourceMappings = (functions: readonly LambdaFunction[]) => ({
  EventSourceMappings: functions.flatMap((of) =>
    of.eventSources.map((source) => ({
      UUID: uuid(`${of.arn} ${source}`),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      EventSourceArn: source,
      FunctionArn: of.arn,
      LastModified: printed(of.lastModified),
      State: 'Enabled',
      StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: [],
    })),
  ),
});

/** What `aws resourcegroupstaggingapi get-resources` prints: only what has tags. */
export const taggedResources = (resources: readonly Pick<LambdaFunction, 'arn' | 'tags'>[]) => ({
  ResourceTagMappingList: resources
    .filter(({ tags }) => Object.keys(tags).length > 0)
    .map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
});

const qualified = (of: LambdaFunction, qualifier: string): string =>
  qualifier === '' ? of.arn : `${of.arn}:${qualifier}`;
