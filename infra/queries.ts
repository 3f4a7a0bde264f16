import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Construct } from 'constructs';
import { namedQueries } from '../queries/named_query.ts';
import type { Configuration } from './configuration.ts';
import { databases, type Names, type WorkgroupUser, workgroups } from './names.ts';

const BYTES_OF_A_GIGABYTE = 1e9;

/** Workgroups of Athena: who asks cannot change where results go, that they are encrypted, or how much a query may read. */
export class Workgroups extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly names: Names,
    private readonly configuration: Configuration,
  ) {
    super(scope, id);
    for (const user of Object.keys(workgroups) as WorkgroupUser[]) this.workgroup(user);
  }

  private workgroup(user: WorkgroupUser): void {
    new CfnWorkGroup(this, user, {
      name: workgroups[user],
      description: `Queries of rolecall: ${user}`,
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: Math.round(this.configuration.scanLimit * BYTES_OF_A_GIGABYTE),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.names.results.name}/${user}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
          expectedBucketOwner: this.configuration.hub.account,
        },
      },
    });
  }
}

/** Every saved question, rule and metric, by its name in Athena's console. */
export class NamedQueries extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const { name, description, sql } of namedQueries()) {
      new CfnNamedQuery(this, name, {
        name,
        description,
        database: databases.published,
        workGroup: workgroups.analyst,
        queryString: sql,
      });
    }
  }
}
