import { Duration, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { Names } from './names.ts';
import { role } from './role.ts';

/** `05:00` on Mondays as EventBridge Scheduler writes it. */
export function weekly({ day, time }: Configuration['schedule']): string {
  const [hour, minute] = time.split(':').map(Number);
  return `cron(${minute} ${hour} ? * ${day} *)`;
}

/** Starts a run once a week; what could not be started is kept in a queue. */
export class Schedule extends Construct {
  /** Starts that failed for good. */
  readonly missed: Queue;

  constructor(scope: Construct, id: string, names: Names, { schedule }: Configuration) {
    super(scope, id);
    this.missed = new Queue(this, 'Missed', {
      queueName: 'rolecall-missed',
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.missed).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'it is itself the dead-letter queue, of the schedule',
    });
    const assumed = role(this, 'Role', {
      name: 'rolecall-schedule',
      description: 'Starts a run',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      permissions: [
        { sid: 'Start', actions: ['states:StartExecution'], resources: [names.machineArn] },
        { sid: 'KeepWhatFailed', actions: ['sqs:SendMessage'], resources: [names.arn('sqs', 'rolecall-missed')] },
      ],
    });
    new CfnSchedule(this, 'Weekly', {
      name: 'rolecall-weekly',
      scheduleExpression: weekly(schedule),
      scheduleExpressionTimezone: schedule.timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: names.machineArn,
        roleArn: assumed.roleArn,
        input: '{}',
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
        deadLetterConfig: { arn: this.missed.queueArn },
      },
    });
  }
}
