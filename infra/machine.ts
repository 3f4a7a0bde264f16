import { RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { handlerNames } from './handler_names.ts';
import type { Names } from './names.ts';
import { type Permission, role } from './role.ts';
import { stateMachine } from './state_machine.ts';

const callHandlers = (names: Names): Permission => ({
  sid: 'CallHandlers',
  actions: ['lambda:InvokeFunction'],
  resources: handlerNames.map(names.handlerArn),
});

/** The map over the accounts: its children are executions, its items and its results lie in buckets. */
const mapAccounts = (names: Names): readonly Permission[] => [
  { sid: 'StartChildren', actions: ['states:StartExecution'], resources: [names.machineArn] },
  {
    sid: 'WatchChildren',
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: [names.runsArn],
    wildcard: 'Step Functions names the children of the map',
  },
  {
    sid: 'ReadAccounts',
    actions: ['s3:GetObject'],
    resources: [`${names.lake.arn}/runs/*/accounts.jsonl`],
    wildcard: 'the list of accounts is named after its run, which has no name yet',
  },
  {
    sid: 'WriteResultOfMap',
    actions: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
    resources: [`${names.results.arn}/machine/*`],
    wildcard: 'Step Functions names the files of the result',
  },
];

const observe: Permission = {
  sid: 'DeliverLogsAndTraces',
  actions: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ],
  resources: ['*'],
  wildcard:
    'the delivery of logs and traces has no resource to name (Step Functions, "Logging using CloudWatch Logs", "Tracing")',
};

/** The state machine that makes a snapshot. */
export class Machine extends Construct {
  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', {
      logGroupName: names.machineLog,
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const assumed = role(this, 'Role', {
      name: 'rolecall-machine',
      description: 'Calls the steps of a run',
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      permissions: [
        callHandlers(names),
        ...mapAccounts(names),
        { sid: 'Tell', actions: ['sns:Publish'], resources: [names.topicArn] },
        observe,
      ],
    });
    new CfnStateMachine(this, 'Machine', {
      stateMachineName: 'rolecall',
      roleArn: assumed.roleArn,
      definitionString: JSON.stringify(
        stateMachine({
          lakeBucket: names.lake.name,
          resultsBucket: names.results.name,
          topicArn: names.topicArn,
          handlerArn: names.handlerArn,
        }),
      ),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
  }
}
