/** The files inside an archive. Names are only shown and sorted: no file is ever written under them. */
export interface Archive {
  /** Paths with `/` between folders, each once, without folders and links. */
  names: string[];
  /** What was guessed or tolerated, one sentence each. */
  notes: string[];
  /** Returns the first bytes of a file, enough to recognise its kind. */
  head(name: string): Promise<Uint8Array>;
  read(name: string): Promise<Uint8Array>;
}

/** Number of bytes that recognise any kind of file; an SVG needs the most. */
export const headBytes = 4096;
