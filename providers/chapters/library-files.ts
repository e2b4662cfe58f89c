/** The files of a library: a folder on disk, or a prefix of a bucket. Paths are relative and use `/`. */
export interface LibraryFiles {
  /** Name of the library; also the name of a chapter whose pages are at its root. */
  readonly name: string;
  /** Whether a person chose the name, so that it can be the series of chapters at the root. */
  readonly isNamed?: boolean;
  list(): AsyncIterable<string>;
  /** Returns whether an archive is still being written; absent if files always appear complete. */
  isUnfinished?(path: string): Promise<boolean>;
  /** Reads a file. Rejects with ChapterUnreadable one that has more than `most` bytes. */
  read(path: string, most?: number): Promise<Uint8Array>;
  /** Returns the first bytes of a file: `most`, or enough to recognise its kind. */
  head(path: string, most?: number): Promise<Uint8Array>;
  /** Calls `use` with the path of a local file with the same content, which can disappear afterwards. */
  withLocalFile<T>(path: string, use: (localPath: string) => Promise<T>): Promise<T>;
}
