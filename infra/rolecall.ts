import { type App, type Environment, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarms } from './alarms.ts';
import { Catalog } from './catalog.ts';
import { ManagementAccount, MemberAccounts } from './collector_roles.ts';
import type { Configuration } from './configuration.ts';
import { Dashboard } from './dashboard.ts';
import { Handlers } from './handlers.ts';
import { Machine } from './machine.ts';
import { Messages } from './messages.ts';
import { SnapshotMetrics } from './metrics.ts';
import { type Names, namesOf } from './names.ts';
import { People } from './people.ts';
import { NamedQueries, Workgroups } from './queries.ts';
import { Schedule } from './schedule.ts';
import { Storage } from './storage.ts';

function lake(stack: Stack, names: Names, configuration: Configuration): void {
  new Storage(stack, 'Storage', names, configuration);
  new Catalog(stack, 'Catalog', names, configuration);
  const workgroups = new Workgroups(stack, 'Workgroups', names, configuration);
  new NamedQueries(stack, 'NamedQueries').node.addDependency(workgroups);
  new People(stack, 'People', names, configuration);
}

function pipeline(stack: Stack, names: Names, configuration: Configuration, bundles: string): void {
  const handlers = new Handlers(stack, 'Handlers', names, configuration, bundles);
  new SnapshotMetrics(stack, 'Metrics', names).node.addDependency(handlers);
  const { topic } = new Messages(stack, 'Messages', configuration);
  new Machine(stack, 'Machine', names).node.addDependency(handlers);
  const { missed } = new Schedule(stack, 'Schedule', names, configuration);
  new Alarms(stack, 'Alarms', { names, configuration, missed, topic });
  new Dashboard(stack, 'Dashboard', names);
}

const propsOf = (env: Environment, description: string): StackProps => ({
  env,
  description,
  tags: { application: 'rolecall' },
});

/**
 * The stacks: `rolecall-lake` keeps the history and answers questions, `rolecall-pipeline` adds a snapshot each week and may be taken
 * away without losing any, `rolecall-members` and `rolecall-management` let the pipeline read the accounts.
 * @param bundles folder with a folder for each handler
 */
export function rolecall(app: App, configuration: Configuration, bundles: string): void {
  const names = namesOf(configuration);
  const { hub, managementAccount } = configuration;
  const kept = new Stack(app, 'rolecall-lake', {
    ...propsOf(hub, 'rolecall: history and questions'),
    terminationProtection: true,
  });
  lake(kept, names, configuration);
  const running = new Stack(app, 'rolecall-pipeline', propsOf(hub, 'rolecall: the weekly snapshot'));
  pipeline(running, names, configuration, bundles);
  running.addStackDependency(kept);
  new MemberAccounts(
    app,
    'rolecall-members',
    configuration,
    propsOf(hub, 'rolecall: the collector role in member accounts'),
  );
  if (managementAccount === undefined) return;
  const env = { account: managementAccount, region: hub.region };
  new ManagementAccount(
    app,
    'rolecall-management',
    configuration,
    propsOf(env, 'rolecall: the collector role in this account'),
  );
}
