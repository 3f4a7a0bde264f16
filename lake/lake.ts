/** Path of a file in the lake, relative, parts joined by `/`. */
export type Key = string;

export interface StoredFile {
  readonly key: Key;
  readonly bytes: number;
  readonly modified: Date;
}

/** Held while a run writes; disposing of it lets the next run in. */
export interface Lock extends AsyncDisposable {
  /** Whose lock this was, in words, when its process had died without giving it back; else null. */
  readonly takenOverFrom: string | null;
}

/** Where snapshots are kept: a folder, or a bucket. */
export interface Lake {
  /** Moves or uploads a finished local file; the key shows the whole file or nothing. */
  put(key: Key, file: string): Promise<void>;
  /** The same for bytes at hand. */
  write(key: Key, bytes: Uint8Array | string): Promise<void>;
  /** The bytes of a file; undefined when there is none of that key. */
  get(key: Key): Promise<Uint8Array | undefined>;
  /** Files whose key begins with the prefix, ordered by key. */
  list(prefix: Key): AsyncIterable<StoredFile>;
  remove(keys: readonly Key[]): Promise<void>;
  /** One run at a time, which may enter again. @throws UsageError when another run, still alive, holds the lock. */
  lock(owner: string): Promise<Lock>;
  /** What an engine reads: a local path or an s3:// URL; of the empty key, the lake itself. */
  location(key: Key): string;
}
