import { bigint, boolean, json, list, nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const functions = table({
  name: 'functions',
  grain: 'Lambda function, MicroVM image, MicroVM or capacity provider',
  filling: 'collected',
  columns: {
    ...ofRegion,
    function_arn: varchar('ARN without qualifier'),
    kind: varchar('event_function, microvm_image, microvm or capacity_provider'),
    function_name: varchar('Name, the last part of the ARN'),
    role_arn: nullable(varchar('Role its code runs as ($LATEST); of a MicroVM image the role it is built with')),
    runtime: nullable(varchar('Runtime identifier; NULL for container images')),
    package_type: nullable(varchar('Zip or Image')),
    last_modified: nullable(timestamp('Last change of code or configuration')),
    memory_mb: nullable(bigint('Memory in MiB')),
    timeout_s: nullable(bigint('Timeout in seconds')),
    vpc_id: nullable(varchar('VPC the function is attached to')),
    layers: list('Layer version ARNs, in order'),
    code_sha256: nullable(varchar('SHA-256 of the deployment package, base64')),
    environment_names: nullable(
      list('Names of environment variables, sorted, never values; NULL when AWS could not decrypt them'),
    ),
    kms_key_arn: nullable(varchar('Customer managed key that encrypts the environment')),
    code_signing_config_arn: nullable(varchar('Code signing configuration')),
    url_auth_type: nullable(varchar('Auth type of the function URL (NONE or AWS_IAM); NULL without a URL')),
    is_public: nullable(
      boolean(
        'Whether an anonymous principal may invoke it after conditions; NULL when policies or URLs were not read',
      ),
    ),
    team: nullable(varchar('Owning team by tag')),
    application: nullable(varchar('Application by tag')),
    environment: nullable(varchar('Environment (production, staging …) by tag')),
    data_sensitivity: nullable(varchar('Data sensitivity by tag')),
    tags: json('Tags, as an object'),
    last_invoked_at: nullable(
      timestamp('Last invocation seen in metrics; NULL when metrics were not read or show none'),
    ),
    invocations_90d: nullable(
      bigint('Invocations in the 90 days before the snapshot; NULL when metrics were not read'),
    ),
    code_signing_enforced: nullable(
      boolean('Whether code without a trusted signature is refused; NULL without a code signing configuration'),
    ),
  },
  key: ['account_id', 'region', 'function_arn'],
});
