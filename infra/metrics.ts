import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerName } from './handler_names.ts';
import type { Names } from './names.ts';

const NAMESPACE = 'rolecall';

/** Figures that the line `published` of the publishing handler's log tells, as metrics. */
const published = {
  CoveragePercent: '$.coverage_percent',
  AccountsPlanned: '$.accounts_planned',
  AccountsComplete: '$.accounts_complete',
} as const;

export const ofSnapshot = (metricName: keyof typeof published, options: MetricOptions): Metric =>
  new Metric({ namespace: NAMESPACE, metricName, ...options });

/** Accounts of a snapshot that were read completely, in percent. */
export const coverage = (options: MetricOptions): Metric => ofSnapshot('CoveragePercent', options);

/** What Step Functions counts of a state machine. */
type Outcome =
  | 'ExecutionsSucceeded'
  | 'ExecutionsFailed'
  | 'ExecutionsTimedOut'
  | 'ExecutionsAborted'
  | 'ExecutionTime';

export const run = ({ machineArn }: Names, metricName: Outcome, options: MetricOptions): Metric =>
  new Metric({ namespace: 'AWS/States', metricName, dimensionsMap: { StateMachineArn: machineArn }, ...options });

/** A metric of a handler's function. */
export const ofHandler = (
  name: HandlerName,
  metricName: 'Duration' | 'Errors' | 'Throttles',
  options: MetricOptions,
): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: `rolecall-${name}` }, ...options });

/** Makes metrics of what the publishing handler logs. */
export class SnapshotMetrics extends Construct {
  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const logGroup = LogGroup.fromLogGroupName(this, 'Log', names.handlerLog('publish'));
    for (const [metricName, metricValue] of Object.entries(published)) {
      new MetricFilter(this, metricName, {
        logGroup,
        filterPattern: FilterPattern.stringValue('$.event', '=', 'published'),
        metricNamespace: NAMESPACE,
        metricName,
        metricValue,
      });
    }
  }
}
