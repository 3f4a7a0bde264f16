import { canaryEnvironment } from '../canaries.ts';
import type { LambdaFunction } from '../organization/model.ts';
import { base64, fraction, hex, uuid } from '../seeded.ts';
import { lambdaMoment } from './moments.ts';

/** What `aws lambda list-functions` prints. */
export const functionList = (functions: readonly LambdaFunction[]) => ({
  Functions: functions.map((each) => configuration(each, '$LATEST', each.role, each.arn)),
});

/** What `aws lambda list-versions-by-function` prints; `$LATEST` is the first of them. */
export const versionList = (of: LambdaFunction) => ({
  Versions: [
    configuration(of, '$LATEST', of.role, `${of.arn}:$LATEST`),
    ...of.versions.map(({ role }, i) => configuration(of, `${i + 1}`, role, `${of.arn}:${i + 1}`)),
  ],
});

/** What `aws lambda list-aliases` prints. */
export const aliasList = (of: LambdaFunction) => ({
  Aliases: Object.entries(of.aliases).map(([Name, FunctionVersion]) => ({
    AliasArn: `${of.arn}:${Name}`,
    Name,
    FunctionVersion,
    Description: '',
    RevisionId: uuid(`${of.arn} ${Name}`),
  })),
});

function configuration(of: LambdaFunction, version: string, role: string, arn: string) {
  return {
    FunctionName: of.name,
    FunctionArn: arn,
    ...(of.runtime && { Runtime: of.runtime, Handler: 'index.handler' }),
    Role: role,
    CodeSize: 2048 + Math.floor(fraction(`size ${of.arn}`) * 4_000_000),
    Description: '',
    Timeout: of.timeout,
    MemorySize: of.memory,
    LastModified: lambdaMoment(of.lastModified),
    CodeSha256: base64(`code ${of.arn} ${version === '$LATEST' ? of.lastModified : version}`),
    Version: version,
    ...network(of),
    ...environment(of),
    ...(of.kmsKey && { KMSKeyArn: of.kmsKey }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: uuid(`${of.arn} ${version} ${of.lastModified}`),
    ...(of.layers.length > 0 && { Layers: of.layers.map((layer) => ({ Arn: layer, CodeSize: 51200 })) }),
    PackageType: of.runtime ? 'Zip' : 'Image',
    Architectures: ['arm64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${of.name}` },
  };
}

const network = (of: LambdaFunction) =>
  of.inVpc && {
    VpcConfig: {
      SubnetIds: [`subnet-${hex(`subnet ${of.region}`, 17)}`],
      SecurityGroupIds: [`sg-${hex(`group ${of.arn}`, 17)}`],
      VpcId: `vpc-${hex(`vpc ${of.arn.split(':')[4]} ${of.region}`, 17)}`,
      Ipv6AllowedForDualStack: false,
    },
  };

function environment(of: LambdaFunction) {
  if (of.environment === null) {
    const message = 'Lambda was unable to decrypt your environment variables because the KMS access was denied.';
    return { Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: message } } };
  }
  return of.environment.length > 0 && { Environment: { Variables: canaryEnvironment(of.arn, of.environment) } };
}
