import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ChapterUnreadable } from '../../../domain/errors.ts';
import { type Archive, headBytes, refuseLink, wrongChecksum } from './archive.ts';
import { archiveNames } from './archive-kind.ts';
import { entryNames } from './entry-names.ts';
import type { FileBytes } from './file-bytes.ts';
import { LoadedArchive } from './libarchive.ts';
import { convert, type PackedFile, type PackedKind, packedFiles } from './packed-listing.ts';

/** RAR and 7z are read in memory as a whole; a function has 2 GB for that. */
const maxBytes = 512 * 1024 * 1024;
/** Files that come before the requested one wait on disk; beyond this limit they are unpacked again. */
const maxWaiting = 200 * 1024 * 1024;

/** Files on disk under numbers, in a folder that is created when it is first needed. */
class Waiting {
  readonly #sizes = new Map<number, number>();
  #stored = 0;
  #folder: Promise<string> | undefined;

  async #path(place: number): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), `waiting-${process.pid}-`));
    return join(await this.#folder, String(place));
  }

  has = (place: number) => this.#sizes.has(place);
  get isFull(): boolean {
    return this.#stored > maxWaiting;
  }

  async put(place: number, bytes: Uint8Array): Promise<void> {
    try {
      await writeFile(await this.#path(place), bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      // The disk is full before the limit is reached: the file is unpacked again when it is requested.
      this.#stored = Number.POSITIVE_INFINITY;
      return;
    }
    this.#sizes.set(place, bytes.length);
    this.#stored += bytes.length;
  }

  read = async (place: number): Promise<Buffer> => readFile(await this.#path(place));

  async take(place: number): Promise<Buffer> {
    const bytes = await this.read(place);
    await rm(await this.#path(place));
    this.#stored -= bytes.length;
    this.#sizes.delete(place);
    return bytes;
  }

  async remove(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}

/**
 * Reads files in any order from an archive that can only be read from front to back, since a file can depend on all before
 * it: files that are passed on the way to the requested one wait on disk.
 */
class FrontToBack {
  readonly #archive: LoadedArchive;
  readonly #files: ReadonlyMap<number, PackedFile>;
  readonly #waiting: Waiting;
  readonly #label: string;
  /** Position of the entry that `next` would return. */
  #at = Number.POSITIVE_INFINITY;

  constructor(archive: LoadedArchive, files: readonly PackedFile[], waiting: Waiting, label: string) {
    this.#archive = archive;
    this.#files = new Map(files.map((file) => [file.place, file]));
    this.#waiting = waiting;
    this.#label = label;
  }

  /** Moves to an entry, and keeps files on the way while there is room for them. */
  async #goTo(place: number): Promise<void> {
    if (place < this.#at) {
      this.#archive.rewind();
      this.#at = 0;
    }
    for (; this.#at < place; this.#at++) {
      this.#archive.next();
      if (!this.#files.has(this.#at) || this.#waiting.has(this.#at) || this.#waiting.isFull) continue;
      await this.#waiting.put(this.#at, this.#archive.readWhole(this.#label));
    }
    this.#archive.next();
    this.#at += 1;
  }

  async head({ place, isLink }: PackedFile, most = headBytes): Promise<Uint8Array> {
    if (isLink) return new Uint8Array();
    if (this.#waiting.has(place)) return (await this.#waiting.read(place)).subarray(0, most);
    await this.#goTo(place);
    return this.#archive.read(most);
  }

  async read({ place, crc }: PackedFile): Promise<Uint8Array> {
    const isWaiting = this.#waiting.has(place);
    if (!isWaiting) await this.#goTo(place);
    const bytes = isWaiting ? await this.#waiting.take(place) : this.#archive.readWhole(this.#label);
    if (crc !== undefined && crc32(bytes) !== crc) throw new Error(wrongChecksum);
    return bytes;
  }
}

/** Opens a RAR or 7z for the duration of `use`. */
export async function withPacked<T>(
  file: FileBytes,
  kind: PackedKind,
  label: string,
  use: (archive: Archive) => Promise<T>,
): Promise<T> {
  if (file.size > maxBytes)
    throw new ChapterUnreadable(`${label} is a ${archiveNames[kind]} of more than 512 MiB; ${convert}`);
  const loaded = await LoadedArchive.load(file);
  const waiting = new Waiting();
  try {
    const { files, notes } = await packedFiles(loaded, kind, label);
    const { names, notes: nameNotes } = entryNames(files, label);
    const byName = new Map(names.map((name, i) => [name, files[i] as PackedFile]));
    const reader = new FrontToBack(loaded, files, waiting, label);
    return await use({
      names,
      notes: [...notes, ...nameNotes],
      head: (name, most) => reader.head(byName.get(name) as PackedFile, most),
      read: async (name) => {
        const file = byName.get(name) as PackedFile;
        return file.isLink ? refuseLink(`${label}: ${name}`) : reader.read(file);
      },
    });
  } finally {
    loaded.close();
    await waiting.remove();
  }
}
