import { ChapterUnreadable } from '../../../domain/errors.ts';

/**
 * The files inside an archive. Names are only shown and sorted: no file is ever written under them. A link is a file without
 * content that can't be read, so that a page that is one fails its chapter by name.
 */
export interface Archive {
  /** Paths with `/` between folders, each once, without folders. */
  names: string[];
  /** Guesses and tolerated faults, one sentence each. */
  notes: string[];
  /** Returns the first bytes of a file, without unpacking the rest: `most`, or enough to recognise its kind. */
  head(name: string, most?: number): Promise<Uint8Array>;
  read(name: string): Promise<Uint8Array>;
}

/** Throws the error of a link that is read. */
export function refuseLink(name: string): never {
  throw new ChapterUnreadable(`${name} is a link to another file, which is not followed`);
}

/** Message of a file whose unpacked bytes are not those that were packed. */
export const wrongChecksum = 'a checksum is wrong: the archive is damaged';

/** Number of bytes that recognise any kind of file; an SVG needs the most. */
export const headBytes = 4096;
