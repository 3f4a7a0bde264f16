import type { Region } from './source.ts';

/** Makes clients of one account; credentials, retries, rates and counting are its business. */
export interface Session {
  readonly accountId: string;
  client<C>(Client: new (config: object) => C, region: Region): C;
}

/** A file of an export folder, as the AWS CLI printed it. */
export interface ExportFile {
  /** Path below the account's folder, for messages. */
  readonly path: string;
  readonly json: unknown;
}

/**
 * One thing AWS lists, declared once for both sources.
 * The role policy of the collector is generated from `actions`.
 */
export interface Listing<Item> {
  /** Name of the resource in coverage, such as `functions`. */
  readonly name: string;
  readonly scope: 'account' | 'region';
  /** IAM actions that `live` needs. */
  readonly actions: readonly string[];
  /** Whether an account without it counts as incomplete. */
  readonly required: boolean;
  /** Export files that hold it: a file, or a folder with a file per function. `{region}` is replaced. */
  readonly file: string;
  live(session: Session, region: Region): AsyncIterable<Item>;
  /** Items of one export file. @throws NotReadable when the file is cut off or of another shape. */
  parse(file: ExportFile): Iterable<Item>;
}
