import { describe, expect, it, test } from 'vitest';
import { configuration, names, resources } from './synthesized.ts';

const buckets = resources('AWS::S3::Bucket').map(({ Properties, DeletionPolicy }) => ({
  ...Properties,
  DeletionPolicy,
}));
const bucketNamed = (name: string) => buckets.find(({ BucketName }) => BucketName === name);
const lake = bucketNamed(names.lake.name);
const results = bucketNamed(names.results.name);
const rule = (id: string) => lake.LifecycleConfiguration.Rules.find(({ Id }: { Id: string }) => Id === id);

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
const policyOf = (name: string): readonly Statement[] =>
  resources('AWS::S3::BucketPolicy').find(({ Properties }) => Properties.Bucket === name)!.Properties.PolicyDocument
    .Statement;
const statement = (bucket: string, sid: string) => policyOf(bucket).find(({ Sid }) => Sid === sid);

describe.each(buckets)('A3 the bucket $BucketName', (bucket) => {
  const whole = [`arn:aws:s3:::${bucket.BucketName}`, `arn:aws:s3:::${bucket.BucketName}/*`];

  it('is encrypted', () => {
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
  });

  it('is never public', () => {
    expect(bucket.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  it('refuses everybody who comes without TLS, or with an old one', () => {
    expect(statement(bucket.BucketName, 'RefuseWithoutTls')).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: whole,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(statement(bucket.BucketName, 'RefuseOldTls')).toMatchObject({
      Effect: 'Deny',
      Resource: whole,
      Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    });
  });

  it('stays when the stack goes', () => {
    expect(bucket.DeletionPolicy).toBe('Retain');
  });
});

describe.each([names.lake, names.results])('A3 what $name holds', ({ name, arn }) => {
  it('is refused to all outside the organization', () => {
    expect(statement(name, 'RefuseOutsideTheOrganization')).toEqual({
      Sid: 'RefuseOutsideTheOrganization',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [arn, `${arn}/*`],
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': configuration.organization } },
    });
  });

  it('is refused to all but the roles of the pipeline and of the readers', () => {
    const roles = [
      'plan',
      'collect',
      'stage',
      'derive',
      'publish',
      'failed',
      'machine',
      'analyst',
      'dashboard',
      'publisher',
    ];

    expect(statement(name, 'RefuseWhoIsNotNamed')).toEqual({
      Sid: 'RefuseWhoIsNotNamed',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:DeleteObject*', 's3:GetObject*', 's3:ListBucket*', 's3:PutObject*'],
      Resource: [arn, `${arn}/*`],
      Condition: {
        ArnNotEquals: { 'aws:PrincipalArn': roles.map((role) => `arn:aws:iam::111122223333:role/rolecall-${role}`) },
      },
    });
  });

  it('allows nobody anything: that is for the roles to do', () => {
    expect(policyOf(name).filter(({ Effect }) => Effect !== 'Deny')).toEqual([]);
  });

  it('leaves a record of who asked for it', () => {
    expect(bucketNamed(name).LoggingConfiguration.DestinationBucketName).toBe(names.accessLogs.name);
  });
});

describe('D6 history', () => {
  it('has versions, so that what was overwritten can be restored', () => {
    expect(lake.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(rule('what-was-replaced-can-be-restored-for-a-month')).toMatchObject({
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    });
  });

  it('stays at hand for thirteen months or longer, then costs less and can still be read at once', () => {
    const [transition] = rule('snapshots-stay-readable-at-less-cost').Transitions;

    expect(transition.StorageClass).toBe('GLACIER_IR');
    expect(transition.TransitionInDays).toBeGreaterThanOrEqual(13 * 31 - 7);
  });

  it('expires only where a run was superseded', () => {
    const expiring = lake.LifecycleConfiguration.Rules.filter(
      (one: { ExpirationInDays?: number }) => one.ExpirationInDays !== undefined,
    );

    expect(expiring).toMatchObject([
      { ExpirationInDays: 1, TagFilters: [{ Key: 'rolecall', Value: 'superseded' }], Status: 'Enabled' },
    ]);
  });

  it('is deleted by nobody, whatever a role allows', () => {
    expect(statement(names.lake.name, 'RefuseToDeleteHistory')).toEqual({
      Sid: 'RefuseToDeleteHistory',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      Resource: `${names.lake.arn}/runs/*`,
    });
  });

  test('results of queries are no history: they go after thirty days', () => {
    expect(results.LifecycleConfiguration.Rules).toMatchObject([{ ExpirationInDays: 30, Status: 'Enabled' }]);
  });
});
