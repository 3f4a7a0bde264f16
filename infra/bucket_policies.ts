import type { Configuration } from './configuration.ts';
import { handlerNames } from './handler_names.ts';
import type { Names } from './names.ts';

/** A statement of a bucket's policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type BucketName = Names['lake'];

const refuse = (Sid: string, rest: Pick<PolicyStatement, 'Action' | 'Resource' | 'Condition'>): PolicyStatement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  ...rest,
});

const whole = ({ arn }: BucketName): readonly string[] => [arn, `${arn}/*`];

const withoutTls = (bucket: BucketName): readonly PolicyStatement[] => [
  refuse('RefuseWithoutTls', {
    Action: 's3:*',
    Resource: whole(bucket),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }),
  refuse('RefuseOldTls', {
    Action: 's3:*',
    Resource: whole(bucket),
    Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
  }),
];

/** Who touches the lake and the results: the steps of the pipeline, the state machine, people by these roles, and nobody else. */
const namedRoles = (names: Names): readonly string[] =>
  [...handlerNames, 'machine', 'analyst', 'dashboard', 'publisher'].map(names.role);

/** The contents are for those who are named; the bucket's own settings stay with its administrators, lest nobody could mend them. */
const strangers = (bucket: BucketName, names: Names, configuration: Configuration): readonly PolicyStatement[] => [
  refuse('RefuseOutsideTheOrganization', {
    Action: 's3:*',
    Resource: whole(bucket),
    Condition: { StringNotEquals: { 'aws:PrincipalOrgID': configuration.organization } },
  }),
  refuse('RefuseWhoIsNotNamed', {
    Action: ['s3:DeleteObject*', 's3:GetObject*', 's3:ListBucket*', 's3:PutObject*'],
    Resource: whole(bucket),
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': namedRoles(names) } },
  }),
];

/** History goes by the lifecycle alone, whatever a role allows. */
const deletedHistory = ({ arn }: BucketName): PolicyStatement =>
  refuse('RefuseToDeleteHistory', {
    Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    Resource: `${arn}/runs/*`,
  });

export const resultsPolicy = (names: Names, configuration: Configuration): readonly PolicyStatement[] => [
  ...withoutTls(names.results),
  ...strangers(names.results, names, configuration),
];

export const lakePolicy = (names: Names, configuration: Configuration): readonly PolicyStatement[] => [
  ...withoutTls(names.lake),
  ...strangers(names.lake, names, configuration),
  deletedHistory(names.lake),
];

/** S3 itself writes the record of the other two buckets (Amazon S3 User Guide, "Enabling Amazon S3 server access logging"). */
export const accessLogPolicy = (names: Names, { hub }: Configuration): readonly PolicyStatement[] => [
  ...withoutTls(names.accessLogs),
  {
    Sid: 'S3WritesAccessLogs',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${names.accessLogs.arn}/*`,
    Condition: {
      ArnEquals: { 'aws:SourceArn': [names.lake.arn, names.results.arn] },
      StringEquals: { 'aws:SourceAccount': hub.account },
    },
  },
];
