import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { glueColumns } from '../../lake/glue_schema.ts';
import { packageRoot } from '../../package_root.ts';
import { loadMetrics, loadQuestions, loadRules } from '../../queries/question.ts';
import { allTables } from '../../tables/all.generated.ts';
import { configuration, names, resources, templates } from './synthesized.ts';

const propertiesOf = (type: string, stack?: string) => resources(type, stack).map(({ Properties }) => Properties);

test('A3 the stacks are four, and each fits into CloudFormation (a megabyte, 500 resources)', () => {
  expect([...templates.keys()].sort()).toEqual([
    'rolecall-lake',
    'rolecall-management',
    'rolecall-members',
    'rolecall-pipeline',
  ]);
  for (const [name, template] of templates) {
    expect(JSON.stringify(template).length, name).toBeLessThan(1_000_000);
    expect(Object.keys(template.Resources).length, name).toBeLessThan(500);
  }
});

describe('C7 the tables of Glue', () => {
  const tables = propertiesOf('AWS::Glue::Table');
  const named = (database: string) =>
    tables
      .filter(({ DatabaseName }) => DatabaseName === database)
      .map(({ TableInput }) => TableInput.Name)
      .sort();
  const declared = allTables.map(({ name }) => name as string);

  it('are those that tables/ declares: published, published with the newest snapshot alone, and staged', () => {
    expect(named('rolecall')).toEqual([...declared, ...declared.map((name) => `${name}_latest`)].sort());
    expect(named('rolecall_staging')).toEqual(declared.toSorted());
  });

  it.each(allTables)('$name has the declared columns, and the date as its partition', (table) => {
    const { TableInput } = tables.find((one) => one.TableInput.Name === table.name && one.DatabaseName === 'rolecall')!;

    expect(TableInput.StorageDescriptor.Columns).toEqual(glueColumns(table));
    expect(TableInput.PartitionKeys.map(({ Name }: { Name: string }) => Name)).toEqual(['snapshot_date']);
  });

  it('have comments no longer than Glue takes', () => {
    const comments: string[] = tables
      .flatMap(({ TableInput }) => TableInput.StorageDescriptor.Columns)
      .map(({ Comment }) => Comment);

    expect(comments.filter((comment) => Buffer.byteLength(comment) > 255)).toEqual([]);
  });
});

describe('C7 Athena', () => {
  it.each(propertiesOf('AWS::Athena::WorkGroup'))(
    '$Name: who asks cannot change where results go, or what a query costs',
    (group) => {
      expect(group.WorkGroupConfiguration).toMatchObject({
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: configuration.scanLimit * 1e9,
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
      });
    },
  );

  it('keeps the results of each workgroup apart', () => {
    const places = propertiesOf('AWS::Athena::WorkGroup').map(
      (group) => group.WorkGroupConfiguration.ResultConfiguration.OutputLocation,
    );

    expect(places.sort()).toEqual(
      ['analyst', 'dashboard', 'pipeline'].map((user) => `s3://${names.results.name}/${user}/`),
    );
  });

  it('keeps every question, rule and metric by its name', () => {
    const kept = propertiesOf('AWS::Athena::NamedQuery').map(({ Name }) => Name);
    const expected = [
      ...loadQuestions().map(({ name }) => `question_${name}`),
      ...loadRules().map(({ name }) => `finding_${name}`),
      ...loadMetrics().map(({ name }) => `trend_${name}`),
    ];

    expect(kept.sort()).toEqual(expected.sort());
    expect(propertiesOf('AWS::Athena::NamedQuery').every(({ WorkGroup }) => WorkGroup === 'rolecall')).toBe(true);
  });
});

describe('A3 the pipeline', () => {
  it.each(propertiesOf('AWS::Lambda::Function'))(
    '$FunctionName runs on Node 24 on ARM, as a role of its own, and keeps its log for 13 months',
    (handler) => {
      expect(handler).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: 900,
      });
      expect(JSON.stringify(handler.Role)).toContain(handler.FunctionName.replace('rolecall-', ''));
      expect(
        propertiesOf('AWS::Logs::LogGroup').find(
          ({ LogGroupName }) => LogGroupName === `/aws/lambda/${handler.FunctionName}`,
        ),
      ).toMatchObject({ RetentionInDays: 400 });
    },
  );

  it('starts once a week, and keeps what could not be started in an encrypted queue', () => {
    expect(propertiesOf('AWS::Scheduler::Schedule')).toMatchObject([
      {
        ScheduleExpression: 'cron(0 5 ? * MON *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        Target: { Arn: names.machineArn },
      },
    ]);
    expect(propertiesOf('AWS::SQS::Queue')).toMatchObject([
      { QueueName: 'rolecall-missed', SqsManagedSseEnabled: true },
    ]);
  });

  it('tells who is named of a failed run, a missing one, low coverage and a start that was missed', () => {
    const alarms = propertiesOf('AWS::CloudWatch::Alarm');

    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      'rolecall-coverage-low',
      'rolecall-no-run-for-a-week',
      'rolecall-run-failed',
      'rolecall-run-timed-out',
      'rolecall-start-missed',
    ]);
    expect(alarms.every(({ AlarmActions }) => AlarmActions.length === 1)).toBe(true);
    expect(propertiesOf('AWS::SNS::Subscription')).toMatchObject([
      { Protocol: 'email', Endpoint: configuration.mailTo },
    ]);
  });

  it('counts a week without a run as missing, though nothing was measured', () => {
    const missing = propertiesOf('AWS::CloudWatch::Alarm').find(
      ({ AlarmName }) => AlarmName === 'rolecall-no-run-for-a-week',
    );

    expect(missing).toMatchObject({
      Period: 86_400,
      EvaluationPeriods: 7,
      Threshold: 1,
      TreatMissingData: 'breaching',
      MetricName: 'ExecutionsSucceeded',
    });
  });

  it('measures coverage by what the publishing handler logs', () => {
    const filters = propertiesOf('AWS::Logs::MetricFilter');

    expect(filters.map((filter) => filter.MetricTransformations[0].MetricValue).sort()).toEqual([
      '$.accounts_complete',
      '$.accounts_planned',
      '$.coverage_percent',
    ]);
    expect(filters.every(({ FilterPattern }) => FilterPattern === '{ $.event = "published" }')).toBe(true);
  });
});

describe('A2 the collector role', () => {
  const template = JSON.parse(readFileSync(join(packageRoot, 'stacksets/collector-role.json'), 'utf8'));
  const [stackSet] = propertiesOf('AWS::CloudFormation::StackSet');

  it('comes to every account of the named units, and to those that join, from the delegated administrator', () => {
    expect(stackSet).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'DELEGATED_ADMIN',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: configuration.organizationalUnits } }],
    });
  });

  it('is the checked-in template', () => {
    expect(JSON.parse(stackSet!.TemplateBody)).toEqual(template);
    expect(Buffer.byteLength(stackSet!.TemplateBody)).toBeLessThan(51_200);
  });

  it('is given every parameter that has no default', () => {
    const given = stackSet!.Parameters.map(({ ParameterKey }: { ParameterKey: string }) => ParameterKey);
    const needed = Object.entries<object>(template.Parameters).filter(([, parameter]) => !('Default' in parameter));

    expect(given).toEqual(expect.arrayContaining(needed.map(([name]) => name)));
  });

  it('is the same in the management account, which no StackSet reaches', () => {
    const [role] = propertiesOf('AWS::IAM::Role', 'rolecall-management');

    expect(role.Policies).toEqual(template.Resources.CollectorRole.Properties.Policies);
    expect(role.RoleName).toBe('rolecall-collector');
  });
});

test('D8 every function of the pipeline is told the tag keys of the configuration', () => {
  const functions = propertiesOf('AWS::Lambda::Function', 'rolecall-pipeline');
  const told = functions.map(({ Environment }) => Environment.Variables.TAG_KEYS);
  expect(new Set(told)).toEqual(new Set([JSON.stringify(configuration.tagKeys)]));
});
