import type { Capability, CapabilityKind } from './capability.ts';

const one = (kind: CapabilityKind, name: string, gains: string, action: string): Capability => ({
  name,
  kind,
  gains,
  steps: [{ action, on: 'anything' }],
});

/** Authority that matters by itself. */
export const sensitive: readonly Capability[] = [
  {
    name: 'admin',
    kind: 'admin',
    gains: 'may do anything that is not denied by name',
    // Actions that no policy names: only `*` or a NotAction can grant them. PowerUserAccess is not admin: all but IAM.
    steps: [
      { action: 'anything:AtAll', on: 'everything' },
      { action: 'iam:AtAll', on: 'everything' },
    ],
  },
  one('sensitive_read', 'read_secrets', 'reads secrets', 'secretsmanager:GetSecretValue'),
  one('sensitive_read', 'read_parameters', 'reads parameters', 'ssm:GetParameter'),
  { ...one('sensitive_read', 'decrypt', 'decrypts what KMS keys protect', 'kms:Decrypt'), resourceSide: 'unread' },
  one('sensitive_read', 'read_objects', 'reads objects in S3', 's3:GetObject'),
  one('sensitive_read', 'read_tables', 'reads items of DynamoDB', 'dynamodb:GetItem'),
  one('sensitive_read', 'scan_tables', 'reads whole tables of DynamoDB', 'dynamodb:Scan'),
  one('sensitive_read', 'query_databases', 'runs SQL on Aurora', 'rds-data:ExecuteStatement'),
  one('sensitive_read', 'copy_databases', 'restores a copy of a database', 'rds:RestoreDBInstanceFromDBSnapshot'),
  one('destructive_write', 'delete_objects', 'deletes objects in S3', 's3:DeleteObject'),
  one('destructive_write', 'delete_buckets', 'deletes buckets', 's3:DeleteBucket'),
  one('destructive_write', 'open_buckets', 'changes who may use a bucket', 's3:PutBucketPolicy'),
  one('destructive_write', 'delete_items', 'deletes items of DynamoDB', 'dynamodb:DeleteItem'),
  one('destructive_write', 'delete_tables', 'deletes tables of DynamoDB', 'dynamodb:DeleteTable'),
  one('destructive_write', 'delete_databases', 'deletes databases', 'rds:DeleteDBInstance'),
  one('destructive_write', 'delete_keys', 'schedules the deletion of KMS keys', 'kms:ScheduleKeyDeletion'),
  one('iam_write', 'create_users', 'makes users', 'iam:CreateUser'),
  one('iam_write', 'create_roles', 'makes roles', 'iam:CreateRole'),
  one('iam_write', 'delete_boundaries', 'takes permissions boundaries off roles', 'iam:DeleteRolePermissionsBoundary'),
  one('organization', 'change_control_policies', 'changes service control policies', 'organizations:UpdatePolicy'),
  one(
    'organization',
    'leave_organization',
    'takes the account out of the organization',
    'organizations:LeaveOrganization',
  ),
  one('lambda_control', 'update_function_code', 'changes the code of functions', 'lambda:UpdateFunctionCode'),
  one(
    'lambda_control',
    'update_function_configuration',
    'changes layers and roles of functions',
    'lambda:UpdateFunctionConfiguration',
  ),
  one('lambda_control', 'invoke_functions', 'invokes functions', 'lambda:InvokeFunction'),
  one('lambda_control', 'open_functions', 'lets others invoke functions', 'lambda:AddPermission'),
  one('lambda_control', 'replace_function_policies', 'decides who may use functions', 'lambda:PutResourcePolicy'),
  one('lambda_control', 'wire_functions', 'gives functions their input', 'lambda:CreateEventSourceMapping'),
  one('lambda_control', 'rebuild_microvm_images', 'changes what MicroVMs run', 'lambda:UpdateMicrovmImage'),
  one('lambda_control', 'enter_microvms', 'opens a shell in MicroVMs', 'lambda:CreateMicrovmShellAuthToken'),
];
