import { z } from 'zod';
import { optionalList, optionalNumber, optionalText, optionalTime } from './answer.ts';
import type { Everything } from './found.ts';
import { functionArn } from './function_arn.ts';
import type { Origin } from './listing.ts';
import { NotReadable } from './source.ts';
import { workloadRow } from './workload_row.ts';

/** Names of environment variables; values end here. Null when AWS could not decrypt them. */
const environmentNames = z
  .object({
    Variables: z
      .record(z.string(), z.unknown())
      .nullish()
      .transform((variables) => Object.keys(variables ?? {}).sort()),
    Error: z
      .unknown()
      .nullish()
      .transform((error) => error !== null && error !== undefined),
  })
  .nullish()
  .transform((given) => (given?.Error ? null : (given?.Variables ?? [])));

/** A function or a version of it, as ListFunctions and ListVersionsByFunction give it (Lambda API, FunctionConfiguration). */
export const functionConfiguration = z.object({
  FunctionArn: functionArn,
  Version: optionalText,
  Role: optionalText,
  Runtime: optionalText,
  PackageType: optionalText,
  LastModified: optionalTime,
  MemorySize: optionalNumber,
  Timeout: optionalNumber,
  VpcConfig: z
    .object({ VpcId: optionalText })
    .nullish()
    .transform((vpc) => vpc?.VpcId ?? null),
  Layers: optionalList(z.object({ Arn: z.string() })).transform((layers) => layers.map(({ Arn }) => Arn)),
  CodeSha256: optionalText,
  Environment: environmentNames,
  KMSKeyArn: optionalText,
});

type Configuration = z.infer<typeof functionConfiguration>;

/** Rows of functions and of their versions. @throws NotReadable when one belongs to another account or region. */
export function functionsOf(
  configurations: readonly Configuration[],
  from: Origin,
): Pick<Everything, 'functions' | 'function_versions'> {
  for (const { FunctionArn } of configurations) refuseStranger(FunctionArn, from);
  const isVersion = ({ Version }: Configuration) => Version !== null && Version !== '$LATEST';
  return {
    functions: configurations.filter((one) => !isVersion(one)).map((one) => functionRow(one, from)),
    function_versions: configurations.filter(isVersion).map((one) => versionRow(one, from)),
  };
}

/** A file in the wrong folder would show every function twice. */
function refuseStranger({ accountId, region }: Configuration['FunctionArn'], from: Origin): void {
  if (accountId === from.accountId && region === from.region) return;
  const message = `${from.where} holds functions of account ${accountId}, region ${region}; expected account ${from.accountId}, region ${from.region}`;
  throw new NotReadable('error', message, 'OtherAccount');
}

const functionRow = (one: Configuration, from: Origin): Everything['functions'][number] =>
  workloadRow(from, {
    function_arn: one.FunctionArn.arn,
    kind: 'event_function',
    function_name: one.FunctionArn.name,
    role_arn: one.Role,
    runtime: one.Runtime,
    package_type: one.PackageType,
    last_modified: one.LastModified,
    memory_mb: one.MemorySize,
    timeout_s: one.Timeout,
    vpc_id: one.VpcConfig,
    layers: one.Layers,
    code_sha256: one.CodeSha256,
    environment_names: one.Environment,
    kms_key_arn: one.KMSKeyArn,
  });

const versionRow = (one: Configuration, from: Origin): Everything['function_versions'][number] => ({
  account_id: from.accountId,
  region: from.region,
  function_arn: one.FunctionArn.arn,
  version: one.Version ?? '',
  aliases: [],
  role_arn: one.Role,
  runtime: one.Runtime,
  code_sha256: one.CodeSha256,
});
