import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnStackSet, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Construct } from 'constructs';
import { packageRoot } from '../package_root.ts';
import { collectorRoleName } from '../stacksets/collector_role.ts';
import type { Configuration } from './configuration.ts';

/** One template for every account, whoever deploys it. */
const templateFile = join(packageRoot, 'stacksets/collector-role.json');

const parametersOf = ({ hub, externalId }: Configuration): Record<string, string> => ({
  HubAccountId: hub.account,
  HubRoleName: 'rolecall-collect',
  ExternalId: externalId,
  RoleName: collectorRoleName,
});

/** The collector role in every member account of the named units, also in those that join later. */
export class MemberAccounts extends Stack {
  constructor(scope: Construct, id: string, configuration: Configuration, props: StackProps) {
    super(scope, id, props);
    new CfnStackSet(this, 'Collectors', {
      stackSetName: 'rolecall-collector',
      description: 'Role that lets rolecall read an account',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'DELEGATED_ADMIN',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      operationPreferences: {
        failureTolerancePercentage: 10,
        maxConcurrentPercentage: 25,
        regionConcurrencyType: 'PARALLEL',
      },
      stackInstancesGroup: [
        {
          // A role is of no region; one stack makes it for the account.
          regions: [configuration.hub.region],
          deploymentTargets: { organizationalUnitIds: configuration.organizationalUnits },
        },
      ],
      parameters: Object.entries(parametersOf(configuration)).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      })),
      templateBody: JSON.stringify(JSON.parse(readFileSync(templateFile, 'utf8'))),
    });
  }
}

/** The same role in the management account, which no StackSet reaches. Deploy it there, or leave the account unread. */
export class ManagementAccount extends Stack {
  constructor(scope: Construct, id: string, configuration: Configuration, props: StackProps) {
    super(scope, id, props);
    const included = new CfnInclude(this, 'Collector', { templateFile, parameters: parametersOf(configuration) });
    Validations.of(included.getResource('CollectorRole') as CfnRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'each action lists what an account has; AWS lets none of them name a resource',
    });
  }
}
