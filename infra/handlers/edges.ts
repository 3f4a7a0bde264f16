import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { z } from 'zod';
import { liveSource } from '../../collectors/live/source.ts';
import type { Source } from '../../collectors/source.ts';
import { tagKeysText, withTagKeys } from '../../collectors/tag_keys.ts';
import { UsageError } from '../../errors.ts';
import type { Catalog } from '../../lake/catalog.ts';
import { glueCatalog } from '../../lake/glue.ts';
import type { Lake } from '../../lake/lake.ts';
import { s3Lake } from '../../lake/s3.ts';
import { athena } from '../../queries/athena.ts';
import { athenaPatience } from '../../queries/athena_execution.ts';
import type { Engine } from '../../queries/engine.ts';

const text = z.string().min(1);

const shape = z.object({
  /** Where the function runs; Lambda sets it. */
  AWS_REGION: text,
  LAKE_BUCKET: text,
  DATABASE: text,
  STAGING_DATABASE: text,
  WORKGROUP: text,
  COLLECTOR_ROLE_NAME: text,
  EXTERNAL_ID: text,
  REGIONS: z.string().transform((names) => names.split(',').filter(Boolean)),
  TAG_KEYS: tagKeysText,
});

/** The configuration that the stack gives every function. */
export type Environment = z.infer<typeof shape>;

/** @throws UsageError naming every variable that is missing. */
export function environment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const parsed = shape.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new UsageError(`The function lacks part of its environment:\n${z.prettifyError(parsed.error)}`);
}

export const lakeOf = ({ LAKE_BUCKET: bucket }: Environment): Lake =>
  s3Lake({ client: new S3Client(), bucket, prefix: '' });

export const catalogOf = ({ DATABASE: database, STAGING_DATABASE: staging }: Environment, lake: Lake): Catalog =>
  glueCatalog({ client: new GlueClient(), lake, database, staging });

export const engineOf = (
  { WORKGROUP: workgroup, DATABASE: database, STAGING_DATABASE: staging }: Environment,
  lake: Lake,
): Engine => athena({ client: new AthenaClient(athenaPatience), lake, workgroup, database, staging });

export const sourceOf = ({
  AWS_REGION: homeRegion,
  COLLECTOR_ROLE_NAME: roleName,
  EXTERNAL_ID: externalId,
  TAG_KEYS: tagKeys,
}: Environment): Source =>
  withTagKeys(liveSource({ caller: fromNodeProviderChain(), homeRegion, roleName, externalId }), tagKeys);
