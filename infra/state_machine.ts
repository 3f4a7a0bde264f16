import type { HandlerName } from './handler_names.ts';

/** What the definition refers to. */
export interface Surroundings {
  readonly lakeBucket: string;
  readonly resultsBucket: string;
  readonly topicArn: string;
  readonly handlerArn: (name: HandlerName) => string;
}

/** Accounts that one call of the handler is given. */
const ACCOUNTS_PER_BATCH = 10;
/** Calls at a time: IAM answers slower when a thousand accounts are asked at once. */
const BATCHES_AT_A_TIME = 40;
/** More than half of the calls lost is no snapshot with gaps but a mistake, and fails the run; fewer are told in coverage. */
const TOLERATED_FAILURE_PERCENTAGE = 50;
/** Longer than this a run does not keep the lake: its lock has expired. */
const RUN_SECONDS = 6 * 60 * 60;

/** What states pass on; all else lies in the lake below runs/<run_id>/. */
const ofRun = { 'run_id.$': '$.run_id', 'date.$': '$.date', 'plan_key.$': '$.plan_key' } as const;

/** Lambda was not able to run the function, which says nothing about the function (AWS Step Functions, "Lambda transient errors"). */
const retryOfLambda = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
} as const;

/** A batch is written anew under the same names, so that trying again does no harm. */
const retryOfBatch = { ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 1 } as const;

const catchAll = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }] as const;

/** The whole input of the state, where it is not a part of it. */
const everything = { 'Payload.$': '$' } as const;

const invoke = (FunctionName: string, payload: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName, ...payload },
  Retry: [retryOfLambda],
});

const send = (TopicArn: string, message: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sns:publish',
  Parameters: { TopicArn, ...message },
  ResultPath: null,
});

/** One batch of accounts: near its deadline the handler returns the items that are left, and is called again with them. */
const batch = ({ handlerArn }: Surroundings) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: 'CollectAccounts',
  States: {
    CollectAccounts: {
      ...invoke(handlerArn('collect'), everything),
      Retry: [retryOfLambda, retryOfBatch],
      OutputPath: '$.Payload',
      Next: 'AccountsLeft',
    },
    AccountsLeft: {
      Type: 'Choice',
      Choices: [{ Variable: '$.Items[0]', IsPresent: true, Next: 'CollectAccounts' }],
      Default: 'Collected',
    },
    Collected: { Type: 'Succeed' },
  },
});

const collect = (surroundings: Surroundings) => ({
  Type: 'Map',
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'JSONL' },
    Parameters: {
      Bucket: surroundings.lakeBucket,
      'Key.$': "States.Format('runs/{}/accounts.jsonl', $.run_id)",
    },
  },
  ItemSelector: { ...ofRun, 'account.$': '$$.Map.Item.Value' },
  ItemBatcher: { MaxItemsPerBatch: ACCOUNTS_PER_BATCH },
  MaxConcurrency: BATCHES_AT_A_TIME,
  ToleratedFailurePercentage: TOLERATED_FAILURE_PERCENTAGE,
  ItemProcessor: batch(surroundings),
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Parameters: {
      Bucket: surroundings.resultsBucket,
      'Prefix.$': "States.Format('machine/{}', $.run_id)",
    },
  },
  ResultPath: null,
  Catch: catchAll,
  Next: 'Stage',
});

const derive = ({ handlerArn }: Surroundings) => ({
  Type: 'Map',
  ItemsPath: '$.steps',
  ItemSelector: { ...ofRun, 'step.$': '$$.Map.Item.Value' },
  MaxConcurrency: 1,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: 'DeriveTable',
    States: { DeriveTable: { ...invoke(handlerArn('derive'), everything), ResultPath: null, End: true } },
  },
  ResultPath: null,
  Catch: catchAll,
  Next: 'Publish',
});

/**
 * The run as Amazon States Language: plan → collect → stage → derive → publish → deliver. Whatever fails goes by `Failed`, which gives
 * the lock of the lake back, and `Tell`, which sends the cause.
 */
export function stateMachine(surroundings: Surroundings): object {
  const { handlerArn, topicArn } = surroundings;
  const step = (name: HandlerName, next: string) => ({
    ...invoke(handlerArn(name), { Payload: ofRun }),
    OutputPath: '$.Payload',
    Catch: catchAll,
    Next: next,
  });
  return {
    Comment: 'Reads the organization and publishes it as a snapshot',
    StartAt: 'Plan',
    TimeoutSeconds: RUN_SECONDS,
    States: {
      Plan: {
        ...step('plan', 'Collect'),
        ...invoke(handlerArn('plan'), { Payload: { 'execution.$': '$$.Execution' } }),
      },
      Collect: collect(surroundings),
      Stage: step('stage', 'Derive'),
      Derive: derive(surroundings),
      Publish: step('publish', 'Deliver'),
      Deliver: {
        ...send(topicArn, { 'Subject.$': '$.subject', 'Message.$': '$.message' }),
        Catch: catchAll,
        End: true,
      },
      Failed: {
        ...invoke(handlerArn('failed'), { Payload: { 'execution.$': '$$.Execution', 'error.$': '$.error' } }),
        ResultPath: null,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Tell' }],
        Next: 'Tell',
      },
      Tell: {
        ...send(topicArn, {
          Subject: 'rolecall: a run failed',
          'Message.$': "States.Format('{}: {}', $.error.Error, $.error.Cause)",
        }),
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'NotPublished' }],
        Next: 'NotPublished',
      },
      NotPublished: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}
