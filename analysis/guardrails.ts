import type { Request } from './request.ts';

/**
 * Whether service control policies bind the requester: identities of member accounts, service-linked roles aside.
 * Page: Service control policies, Tasks and entities not restricted by SCPs.
 */
export function scpsBind({ requester }: Pick<Request, 'requester'>): boolean {
  const isIdentity = requester.accountId !== '';
  return isIdentity && !requester.isServiceLinked && !requester.inManagementAccount;
}

/**
 * Whether resource control policies bind the request: resources of member accounts, of services that know RCPs.
 * Page: Resource control policies, Resources and entities not restricted by RCPs.
 */
export function rcpsBind({ requester, action, resourceInManagementAccount }: Request): boolean {
  const name = action.toLowerCase();
  if (requester.isServiceLinked || resourceInManagementAccount || name === 'kms:retiregrant') return false;
  return RCP_SERVICES.has(name.split(':')[0]!);
}

/** Page: Resource control policies, List of AWS services that support RCPs. */
const RCP_SERVICES: ReadonlySet<string> = new Set(
  `aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data
  codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend comprehendmedical
  compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms gamelift health
  inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad
  personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf
  textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray`.split(/\s+/),
);

/**
 * Whether an identity policy is not enough even within one account: KMS keys and roles must let in by their own policy.
 * Pages: Key policies in AWS KMS; Policy evaluation for requests within a single account.
 */
export function needsResourcePolicy({ action, resource }: Pick<Request, 'action' | 'resource'>): boolean {
  const name = action.toLowerCase();
  if (name.startsWith('kms:')) return !KEYLESS.has(name) && (/:(key|alias)\//.test(resource) || resource.endsWith('*'));
  return name.startsWith('sts:assumerole') || name === 'sts:tagsession' || name === 'sts:setsourceidentity';
}

/** Actions of KMS that use no key. Page: Actions, resources, and condition keys for AWS Key Management Service. */
const KEYLESS: ReadonlySet<string> = new Set(
  `connectcustomkeystore createcustomkeystore createkey deletecustomkeystore describecustomkeystores
  disconnectcustomkeystore generaterandom listaliases listkeys updatecustomkeystore`
    .split(/\s+/)
    .map((name) => `kms:${name}`),
);
