import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  LogQueryWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { handlerNames } from './handler_names.ts';
import { coverage, ofHandler, ofSnapshot, run } from './metrics.ts';
import type { Names } from './names.ts';

const daily = { period: Duration.days(1) };
const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12, height: 6 });

/** How the runs themselves fare: ended how, how long, how much they read, which step failed. What they found is asked by SQL. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const sum = { ...daily, statistic: 'Sum' };
    const most = { ...daily, statistic: 'Maximum' };
    new CloudWatchDashboard(this, 'Runs', {
      dashboardName: 'rolecall',
      widgets: [
        [
          graph('Runs', [
            run(names, 'ExecutionsSucceeded', sum),
            run(names, 'ExecutionsFailed', sum),
            run(names, 'ExecutionsTimedOut', sum),
            run(names, 'ExecutionsAborted', sum),
          ]),
          graph('Length of a run, milliseconds', [run(names, 'ExecutionTime', most)]),
        ],
        [
          graph('Accounts read completely, percent', [coverage({ ...daily, statistic: 'Minimum' })]),
          graph('Accounts', [ofSnapshot('AccountsPlanned', most), ofSnapshot('AccountsComplete', most)]),
        ],
        [
          graph(
            'Longest call of a step, milliseconds',
            handlerNames.map((name) => ofHandler(name, 'Duration', most)),
          ),
          graph('Errors and throttled calls', [
            ...handlerNames.map((name) => ofHandler(name, 'Errors', sum)),
            ofHandler('collect', 'Throttles', sum),
          ]),
        ],
        [
          new LogQueryWidget({
            title: 'Last runs',
            logGroupNames: [names.handlerLog('publish')],
            queryLines: ["filter event = 'published'", 'sort @timestamp desc', 'limit 20'],
            width: 24,
            height: 6,
          }),
        ],
      ],
    });
  }
}
