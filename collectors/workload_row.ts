import type { CollectedFunction } from '../analysis/collected.ts';
import type { Origin } from './listing.ts';
import { tagColumns } from './ownership.ts';

type Known = Pick<CollectedFunction, 'function_arn' | 'kind' | 'function_name' | 'role_arn'> &
  Partial<CollectedFunction>;

/** A row of functions of which AWS tells only some columns. */
export const workloadRow = (from: Origin, known: Known): CollectedFunction => ({
  account_id: from.accountId,
  region: from.region,
  runtime: null,
  package_type: null,
  last_modified: null,
  memory_mb: null,
  timeout_s: null,
  vpc_id: null,
  layers: [],
  code_sha256: null,
  environment_names: null,
  kms_key_arn: null,
  code_signing_config_arn: null,
  code_signing_enforced: null,
  ...tagColumns({}),
  last_invoked_at: null,
  invocations_90d: null,
  ...known,
});
