import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { coverage, run } from './metrics.ts';
import type { Names } from './names.ts';

interface Rule {
  readonly name: string;
  readonly description: string;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  readonly periods: number;
  readonly missing: TreatMissingData;
}

const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
const hourly = { period: Duration.hours(1), statistic: 'Sum' };
const atOnce = {
  comparison: GREATER_THAN_THRESHOLD,
  threshold: 0,
  periods: 1,
  missing: TreatMissingData.NOT_BREACHING,
};

interface Watched {
  readonly names: Names;
  readonly configuration: Configuration;
  /** Starts that the schedule gave up. */
  readonly missed: Queue;
  /** Who is told. */
  readonly topic: Topic;
}

const rulesOf = ({ names, configuration: { leastCoverage }, missed }: Watched): readonly Rule[] => [
  {
    ...atOnce,
    name: 'rolecall-run-failed',
    description: 'A run failed: nothing was published, readers see the snapshot before. Look at its execution.',
    metric: run(names, 'ExecutionsFailed', hourly),
  },
  {
    ...atOnce,
    name: 'rolecall-run-timed-out',
    description: 'A run took too long and was ended: nothing was published. Look at its execution.',
    metric: run(names, 'ExecutionsTimedOut', hourly),
  },
  {
    name: 'rolecall-no-run-for-a-week',
    description: 'No run has succeeded for seven days. Is the schedule enabled, and may it start the state machine?',
    metric: run(names, 'ExecutionsSucceeded', { period: Duration.days(1), statistic: 'Sum' }),
    comparison: LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: 7,
    missing: TreatMissingData.BREACHING,
  },
  {
    name: 'rolecall-coverage-low',
    description: `A published snapshot read fewer than ${leastCoverage} % of its accounts. Ask the question coverage_gaps.`,
    metric: coverage({ period: Duration.hours(1), statistic: 'Minimum' }),
    comparison: LESS_THAN_THRESHOLD,
    threshold: leastCoverage,
    periods: 1,
    missing: TreatMissingData.NOT_BREACHING,
  },
  {
    ...atOnce,
    name: 'rolecall-start-missed',
    description: 'The schedule could not start the state machine; the queue rolecall-missed holds why.',
    metric: missed.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
  },
];

/** What somebody has to be told of, for nobody would look. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    for (const { name, description, metric, comparison, threshold, periods, missing } of rulesOf(watched)) {
      new Alarm(this, name, {
        alarmName: name,
        alarmDescription: description,
        metric,
        comparisonOperator: comparison,
        threshold,
        evaluationPeriods: periods,
        treatMissingData: missing,
      }).addAlarmAction(new SnsAction(watched.topic));
    }
  }
}
