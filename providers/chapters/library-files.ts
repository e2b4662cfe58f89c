/** The files of a library: a folder on disk, or a prefix of a bucket. Paths are relative and use `/`. */
export interface LibraryFiles {
  /** The name of the library itself; a chapter whose pages lie at its root is called that. */
  readonly name: string;
  /** A person chose the name, so that it can stand for the series of chapters that lie at the root. */
  readonly isNamed?: boolean;
  list(): AsyncIterable<string>;
  /** Whether an archive is still on its way to where it lies; absent where files appear whole or not at all. */
  isUnfinished?(path: string): Promise<boolean>;
  read(path: string): Promise<Uint8Array>;
  /** The first bytes of a file, enough to tell what it is. */
  head(path: string): Promise<Uint8Array>;
  /** `use` gets the path of a file on this machine with the same content; it may be gone afterwards. */
  withLocalFile<T>(path: string, use: (localPath: string) => Promise<T>): Promise<T>;
}
