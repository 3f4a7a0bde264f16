import type { GlueClient } from '@aws-sdk/client-glue';
import type { Catalog } from './catalog.ts';
import { catalogFile } from './catalog_file.ts';
import type { Lake } from './lake.ts';

export interface Glue {
  readonly client: GlueClient;
  readonly lake: Lake;
  /** What readers see. */
  readonly database: string;
  /** The same and the run on its way. */
  readonly staging: string;
}
export const glueCatalog = (glue: Glue): Catalog => catalogFile(glue.lake);
