import type { Found, Resource } from './found.ts';
import type { NotReadable, Region } from './source.ts';

/** Makes clients of one account; credentials, retries, rates and counting are its business. */
export interface Session {
  readonly accountId: string;
  client<C>(Client: new (config: object) => C, region: Region): C;
  /** What `ask` answers, asked once in a run for all accounts; what it throws is asked again. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T>;
}

/** A function that was listed, for listings that have to ask function by function. */
export interface ListedFunction {
  readonly name: string;
  /** Without qualifier. */
  readonly arn: string;
  /** Published versions that are known so far. */
  readonly versions: readonly string[];
  /** Or why they were not read. */
  readonly aliases: readonly string[] | NotReadable;
}

/** Where a listing is asked, and what was listed there before. */
export interface Place {
  readonly accountId: string;
  readonly region: Region;
  /** Filled for the scopes `function` and `qualifier`. */
  readonly functions: readonly ListedFunction[];
}

/** Where one answer comes from: said in messages, and needed where the answer itself does not tell. */
export interface Origin {
  readonly accountId: string;
  readonly region: Region;
  /** Path below the export folder, or the API action. */
  readonly where: string;
  /** The function that was asked for, without qualifier; empty for other scopes. */
  readonly functionArn: string;
  readonly qualifier: string | null;
}

/**
 * Where an export keeps a listing, below the account's folder; `{region}` is replaced. In a folder of answers each file
 * is a whole one, and its name tells what was asked.
 */
type Exported = { readonly file: string } | { readonly answersIn: string } | ExportedPerFunction;

/**
 * A file per function: `<function>.json`, and `<function>.<qualifier>.json` where there are any.
 * A listing prints its file even for nothing, so without it nobody asked.
 */
export interface ExportedPerFunction {
  readonly folder: string;
  /** Whether AWS prints an error in place of nothing, so that a missing file may mean that there is none. */
  readonly mayBeMissing?: boolean;
  /** A second folder that may be missing; coverage then notes it. */
  readonly besides?: string;
  /** Whether earlier listings told it already, so that a missing folder is no gap. */
  toldBefore?(place: Place): boolean;
}

/**
 * One API listing of AWS, declared once for both sources.
 * The role policy of the collector is generated from `actions`.
 */
export interface Listing {
  /** What it tells all about, by the name in coverage; read once, they fail together. */
  readonly resources: readonly Resource[];
  /** How often it is asked; each scope comes after the one before, and may use what that found. */
  readonly scope: 'account' | 'region' | 'function' | 'qualifier';
  /** IAM actions that `live` needs, one per API call of the same name; none when only exports hold it. */
  readonly actions: readonly string[];
  /** Whether an account without it counts as incomplete. */
  readonly required: boolean;
  readonly exported: Exported;
  /** Answers of AWS, read to the end and already parsed: what was not picked stays inside. */
  live(session: Session, place: Place): AsyncIterable<Found>;
  /**
   * One answer, as the CLI prints it.
   * @throws NotReadable when it has another shape; the message names members, never values.
   */
  parse(answer: unknown, from: Origin): Found;
}

export const originOf = (
  { accountId, region }: Place,
  where: string,
  functionArn = '',
  qualifier: string | null = null,
): Origin => ({ accountId, region, where, functionArn, qualifier });
