import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { UsageError } from '../errors.ts';
import { collectorRoleName } from '../stacksets/collector_role.ts';
import type { Configuration } from './configuration.ts';
import { type HandlerName, handlerNames } from './handler_names.ts';
import { databases, type Names, workgroups } from './names.ts';
import { permissionsOf } from './permissions.ts';
import { role } from './role.ts';

/** Lambda gives a whole processor with this much; what writes Parquet or waits for AWS needs no more. */
const MEMORY_MB = 1769;

const descriptions: Record<HandlerName, string> = {
  plan: 'Lists the accounts of the organization',
  collect: 'Reads accounts through the collector role',
  stage: 'Shows the run to the pipeline alone',
  derive: 'Fills findings, drift and trends by SQL',
  publish: 'Shows the run to everybody',
  failed: 'Gives the lock of a run that failed back',
};

/** @throws UsageError when the bundles were not built. */
function bundleOf(bundles: string, name: HandlerName): Code {
  const folder = join(bundles, name);
  if (existsSync(folder)) return Code.fromAsset(folder);
  throw new UsageError(
    `There is no bundle of the handler ${name} in ${folder}. Build it with: npm run build -- handlers`,
  );
}

const environmentOf = (names: Names, { externalId, regions, tagKeys }: Configuration): Record<string, string> => ({
  LAKE_BUCKET: names.lake.name,
  DATABASE: databases.published,
  STAGING_DATABASE: databases.staging,
  WORKGROUP: workgroups.pipeline,
  COLLECTOR_ROLE_NAME: collectorRoleName,
  EXTERNAL_ID: externalId,
  REGIONS: regions.join(','),
  TAG_KEYS: JSON.stringify(tagKeys ?? {}),
});

/** The functions that the state machine calls, each with its log and a role that may do what that step needs. */
export class Handlers extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly names: Names,
    private readonly configuration: Configuration,
    private readonly bundles: string,
  ) {
    super(scope, id);
    for (const name of handlerNames) this.handler(name);
  }

  private handler(name: HandlerName): void {
    const within = new Construct(this, name);
    const logGroup = new LogGroup(within, 'Log', {
      logGroupName: this.names.handlerLog(name),
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const assumed = role(within, 'Role', {
      name: `rolecall-${name}`,
      description: descriptions[name],
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      permissions: permissionsOf(name, this.names, this.configuration),
    });
    new LambdaFunction(within, 'Function', {
      functionName: `rolecall-${name}`,
      description: descriptions[name],
      code: bundleOf(this.bundles, name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      ephemeralStorageSize: Size.gibibytes(2),
      timeout: Duration.minutes(15),
      environment: environmentOf(this.names, this.configuration),
      role: assumed.withoutPolicyUpdates(),
      logGroup,
    });
  }
}
