/** Types a column can have. `json` is text that holds one JSON value; SQL sees it as varchar. */
export type ColumnType = 'varchar' | 'bigint' | 'double' | 'boolean' | 'timestamp' | 'array(varchar)' | 'json';

export interface Column<T extends ColumnType = ColumnType, N extends boolean = boolean> {
  readonly type: T;
  readonly description: string;
  readonly nullable: N;
}

export type Columns = Readonly<Record<string, Column>>;

/** How a table is filled: once per run by the plan, per batch of accounts, by SQL over the staged run, or on publishing. */
export type Filling = 'planned' | 'collected' | 'derived' | 'published';

export interface Table<C extends Columns = Columns> {
  readonly name: string;
  /** One row per … */
  readonly grain: string;
  readonly filling: Filling;
  /** Columns in the order of the files; `snapshot_date` is the partition and not among them. */
  readonly columns: C;
  /** Columns that name a row; files are sorted by them, so the same input gives the same bytes. */
  readonly key: readonly string[];
}

interface ValueOf {
  varchar: string;
  json: string;
  bigint: number;
  double: number;
  boolean: boolean;
  timestamp: Date;
  'array(varchar)': readonly string[];
}

/** A row as TypeScript holds it: bigint columns are safe integers, timestamps are UTC with milliseconds. */
export type RowOf<T extends Table> = {
  readonly [K in keyof T['columns']]: T['columns'][K] extends Column<infer Type, infer Nullable>
    ? ValueOf[Type] | (Nullable extends true ? null : never)
    : never;
};

/** A row of some table, when which one is only known at run time. */
export type Row = Readonly<Record<string, unknown>>;

const column =
  <T extends ColumnType>(type: T) =>
  (description: string): Column<T, false> => ({ type, description, nullable: false });

export const varchar = column('varchar');
export const bigint = column('bigint');
export const double = column('double');
export const boolean = column('boolean');
export const timestamp = column('timestamp');
export const list = column('array(varchar)');
export const json = column('json');

/** The same column, where NULL means unknown or not there (the description says which). */
export const nullable = <T extends ColumnType>(inner: Column<T, false>): Column<T, true> => ({
  ...inner,
  nullable: true,
});

/** Declares a table; a key column that is not among the columns does not compile. */
export const table = <const C extends Columns>(
  declared: Table<C> & { readonly key: readonly (keyof C & string)[] },
): Table<C> => declared;

/** First column of every table whose rows belong to one account. */
export const ofAccount = { account_id: varchar('AWS account, 12 digits') } as const;

/** First columns of every table whose rows belong to one account and region. */
export const ofRegion = { ...ofAccount, region: varchar('AWS region; `global` for IAM') } as const;

/** The partition column that every table has besides its own. */
export const partition = varchar('Date of the snapshot, yyyy-MM-dd (partition)');

/** All columns that SQL sees, the partition first. */
export const sqlColumns = (of: Table): readonly (readonly [string, Column])[] =>
  Object.entries<Column>({ snapshot_date: partition, ...of.columns });

/** Type of a column in words of SQL. */
export const shownType = ({ type }: Column): string => (type === 'json' ? 'varchar (JSON)' : type);
