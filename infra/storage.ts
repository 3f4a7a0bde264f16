import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { supersededTag } from '../lake/s3.ts';
import { accessLogPolicy, lakePolicy, type PolicyStatement, resultsPolicy } from './bucket_policies.ts';
import type { Configuration } from './configuration.ts';
import type { Names } from './names.ts';

/** A bit more than 13 months: a year can be looked back upon, and its first week compared with the one before. */
const DAYS_AT_HAND = 400;

const brokenUploadsGo = { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

const lakeRules: CfnBucket.RuleProperty[] = [
  {
    id: 'snapshots-stay-readable-at-less-cost',
    status: 'Enabled',
    prefix: 'runs/',
    transitions: [{ storageClass: 'GLACIER_IR', transitionInDays: DAYS_AT_HAND }],
  },
  {
    id: 'superseded-runs-go',
    status: 'Enabled',
    tagFilters: [{ key: supersededTag.Key, value: supersededTag.Value }],
    expirationInDays: 1,
  },
  {
    id: 'what-was-replaced-can-be-restored-for-a-month',
    status: 'Enabled',
    noncurrentVersionExpiration: { noncurrentDays: 30 },
    expiredObjectDeleteMarker: true,
    ...brokenUploadsGo,
  },
];

const everythingGoesAfter = (expirationInDays: number): CfnBucket.RuleProperty[] => [
  { id: `everything-goes-after-${expirationInDays}-days`, status: 'Enabled', expirationInDays, ...brokenUploadsGo },
];

/** Keys of S3's own making: whoever may change the policy of a bucket could change that of a key as well (docs/decisions). */
const encrypted: CfnBucket.BucketEncryptionProperty = {
  serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
};

const neverPublic: CfnBucket.PublicAccessBlockConfigurationProperty = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

interface Kept {
  readonly bucketName: string;
  readonly rules: CfnBucket.RuleProperty[];
  readonly policy: readonly PolicyStatement[];
  readonly versioned?: boolean;
  readonly logsTo?: string;
}

/** Buckets of the lake, of Athena's results, and of the record of who asked for what; none goes with the stack. */
export class Storage extends Construct {
  constructor(scope: Construct, id: string, names: Names, configuration: Configuration) {
    super(scope, id);
    const logsTo = names.accessLogs.name;
    const logs = this.bucket('AccessLogs', {
      bucketName: logsTo,
      rules: everythingGoesAfter(DAYS_AT_HAND),
      policy: accessLogPolicy(names, configuration),
    });
    const lake = this.bucket('Lake', {
      bucketName: names.lake.name,
      rules: lakeRules,
      policy: lakePolicy(names, configuration),
      versioned: true,
      logsTo,
    });
    const results = this.bucket('Results', {
      bucketName: names.results.name,
      rules: everythingGoesAfter(30),
      policy: resultsPolicy(names, configuration),
      logsTo,
    });
    for (const bucket of [lake, results]) bucket.addResourceDependency(logs);
  }

  private bucket(id: string, { bucketName, rules, policy, versioned, logsTo }: Kept): CfnBucket {
    const bucket = new CfnBucket(this, id, {
      bucketName,
      bucketEncryption: encrypted,
      publicAccessBlockConfiguration: neverPublic,
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      lifecycleConfiguration: { rules },
      ...(versioned && { versioningConfiguration: { status: 'Enabled' } }),
      ...(logsTo && { loggingConfiguration: { destinationBucketName: logsTo, logFilePrefix: `${bucketName}/` } }),
    });
    bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const policyDocument = { Version: '2012-10-17', Statement: policy };
    new CfnBucketPolicy(this, `${id}Policy`, { bucket: bucketName, policyDocument }).addResourceDependency(bucket);
    return bucket;
  }
}
