import { list, nullable, ofRegion, table, varchar } from './table.ts';

export const functionVersions = table({
  name: 'function_versions',
  grain: 'function × published version (a version keeps the role it was published with)',
  filling: 'collected',
  columns: {
    ...ofRegion,
    function_arn: varchar('ARN of the function, without qualifier'),
    version: varchar('Version number'),
    aliases: list('Aliases that send traffic to this version, sorted'),
    role_arn: nullable(varchar('Role that this version runs as')),
    runtime: nullable(varchar('Runtime identifier')),
    code_sha256: nullable(varchar('SHA-256 of the deployment package, base64')),
  },
  key: ['account_id', 'region', 'function_arn', 'version'],
});
