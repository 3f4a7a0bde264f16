import validator from 'asl-validator';
import { describe, expect, it, test } from 'vitest';
import type { handlerNames } from '../../infra/handler_names.ts';
import { stateMachine } from '../../infra/state_machine.ts';
import { names, resources } from './synthesized.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Default?: string;
  readonly [field: string]: unknown;
}

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const [deployed] = resources('AWS::StepFunctions::StateMachine');
const machine: Machine & { readonly TimeoutSeconds: number } = JSON.parse(deployed!.Properties.DefinitionString);
const state = (name: string): State => machine.States[name]!;
const inside = (name: string): Machine => state(name).ItemProcessor as Machine;
const handler = (name: (typeof handlerNames)[number]): string => names.handlerArn(name);

const nextOf = ({ Next, Catch = [], Choices = [], Default }: State): readonly string[] =>
  [Next, Default, ...Catch.map((one) => one.Next), ...Choices.map((one) => one.Next)].filter(
    (name) => name !== undefined,
  );

/** States in the order in which a run passes them when nothing fails. */
function way(from: string): readonly string[] {
  const { Next } = state(from);
  return Next === undefined ? [from] : [from, ...way(Next)];
}

describe('A3 the state machine', () => {
  it('is what infra/state_machine.ts renders for the deployed names', () => {
    const { handlerArn, topicArn, lake, results } = names;

    expect(machine).toEqual(stateMachine({ handlerArn, topicArn, lakeBucket: lake.name, resultsBucket: results.name }));
  });

  it('is valid Amazon States Language', () => {
    expect(validator(structuredClone(machine))).toMatchObject({ isValid: true, errors: [] });
  });

  it.each([machine, inside('Collect'), inside('Derive')])(
    'goes to states that are there, and to each of them',
    ({ StartAt, States }) => {
      const reached = new Set([StartAt, ...Object.values(States).flatMap(nextOf)]);

      expect([...reached].sort()).toEqual(Object.keys(States).sort());
    },
  );

  it('plans, collects, stages, derives, publishes and delivers', () => {
    expect(way('Plan')).toEqual(['Plan', 'Collect', 'Stage', 'Derive', 'Publish', 'Deliver']);
  });

  it('takes no longer than the lock of the lake holds', () => {
    expect(machine.TimeoutSeconds).toBeLessThanOrEqual(6 * 60 * 60);
  });

  it('traces every run and logs all of it', () => {
    expect(deployed!.Properties.TracingConfiguration).toEqual({ Enabled: true });
    expect(deployed!.Properties.LoggingConfiguration).toMatchObject({ Level: 'ALL' });
  });
});

describe('A3 what the states pass on', () => {
  const ofRun = { 'run_id.$': '$.run_id', 'date.$': '$.date', 'plan_key.$': '$.plan_key' };

  it('plan is told its execution, with the input that chooses date, accounts and regions', () => {
    expect(state('Plan')).toMatchObject({
      Parameters: { FunctionName: handler('plan'), Payload: { 'execution.$': '$$.Execution' } },
      OutputPath: '$.Payload',
    });
  });

  it.each(['stage', 'publish'] as const)(
    '%s is told the run, its date and where its plan lies, and no more',
    (name) => {
      expect(state(name === 'stage' ? 'Stage' : 'Publish').Parameters).toEqual({
        FunctionName: handler(name),
        Payload: ofRun,
      });
    },
  );

  it('derive is told one step at a time, in the order in which tables build on one another', () => {
    expect(state('Derive')).toMatchObject({
      ItemsPath: '$.steps',
      MaxConcurrency: 1,
      ItemSelector: { ...ofRun, 'step.$': '$$.Map.Item.Value' },
      ResultPath: null,
    });
    expect(inside('Derive').States.DeriveTable?.Parameters).toEqual({
      FunctionName: handler('derive'),
      'Payload.$': '$',
    });
  });
});

/** ItemBatcher and ResultWriter are held here: the emulator of the end-to-end tests ignores both. */
describe('A3 the map over the accounts', () => {
  const collect = state('Collect');

  it('reads the accounts from the lake, so that no payload limits how many there are', () => {
    expect(collect.ItemReader).toEqual({
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSONL' },
      Parameters: { Bucket: names.lake.name, 'Key.$': "States.Format('runs/{}/accounts.jsonl', $.run_id)" },
    });
  });

  it('gives the handler ten accounts at a time, each with the run it is of', () => {
    expect(collect.ItemBatcher).toEqual({ MaxItemsPerBatch: 10 });
    expect(collect.ItemSelector).toEqual({
      'run_id.$': '$.run_id',
      'date.$': '$.date',
      'plan_key.$': '$.plan_key',
      'account.$': '$$.Map.Item.Value',
    });
  });

  it('keeps what became of each batch in the bucket of results, for a run of a thousand accounts passes on too much', () => {
    expect(collect.ResultWriter).toEqual({
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: names.results.name, 'Prefix.$': "States.Format('machine/{}', $.run_id)" },
    });
    expect(collect.ResultPath).toBeNull();
  });

  it('A4: tolerates batches that fail, which coverage tells, but not most of them', () => {
    expect(collect.ToleratedFailurePercentage).toBe(50);
  });

  it('calls the handler again with the accounts that it gives back, until it gives none', () => {
    const { StartAt, States } = inside('Collect');

    expect(StartAt).toBe('CollectAccounts');
    expect(States.CollectAccounts).toMatchObject({
      Parameters: { FunctionName: handler('collect'), 'Payload.$': '$' },
      OutputPath: '$.Payload',
      Next: 'AccountsLeft',
    });
    expect(States.AccountsLeft).toMatchObject({
      Choices: [{ Variable: '$.Items[0]', IsPresent: true, Next: 'CollectAccounts' }],
      Default: 'Collected',
    });
  });

  it('tries a batch once more, for it is written under the same names', () => {
    expect(inside('Collect').States.CollectAccounts?.Retry).toContainEqual(
      expect.objectContaining({ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }),
    );
  });
});

describe('A3 a run that fails', () => {
  it.each(way('Plan'))('%s: whatever the error, the lock is given back and somebody is told', (name) => {
    expect(state(name).Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }]);
  });

  test('gives the lock back, sends the cause, and ends as failed', () => {
    expect(way('Failed')).toEqual(['Failed', 'Tell', 'NotPublished']);
    expect(state('Failed').Parameters).toEqual({
      FunctionName: handler('failed'),
      Payload: { 'execution.$': '$$.Execution', 'error.$': '$.error' },
    });
    expect(state('Tell').Parameters).toMatchObject({ TopicArn: names.topicArn });
    expect(state('NotPublished')).toEqual({ Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' });
  });

  it.each(['Failed', 'Tell'])('%s may fail too, and the run still ends with the first cause', (name) => {
    expect(state(name).Catch).toMatchObject([
      { ErrorEquals: ['States.ALL'], ResultPath: null, Next: state(name).Next },
    ]);
  });
});
