/** The files inside an archive. Names are for people and for their order only: nothing is ever written by them. */
export interface Archive {
  /** Paths with `/` between folders, each once; folders and links are left out. */
  names: string[];
  /** What was guessed or tolerated, a sentence each. */
  notes: string[];
  /** The first bytes of a file, enough to tell what it is. */
  head(name: string): Promise<Uint8Array>;
  read(name: string): Promise<Uint8Array>;
}

/** Bytes that tell what a file is; an SVG needs the most. */
export const headBytes = 4096;
