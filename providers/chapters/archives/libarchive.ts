import { createRequire } from 'node:module';
import { type LibarchiveWasm, libarchiveWasm } from 'libarchive-wasm';
import { ChapterUnreadable } from '../../../domain/errors.ts';
import type { FileBytes } from './file-bytes.ts';
import { maxEntryBytes } from './limits.ts';

/** WebAssembly, which can access only its own memory. In a bundle it is at the path where npm puts it. */
const wasmFile = () => createRequire(import.meta.url).resolve('libarchive-wasm/dist/libarchive.wasm');

/** Unix file types of entries. */
const regularFile = 0o100000;
const folder = 0o040000;
const chunk = 1024 * 1024;

export interface LoadedEntry {
  /** Characters outside ASCII can be asterisks. */
  name: string;
  size: number;
  /** Anything that is neither a file nor a folder is a link. */
  kind: 'file' | 'folder' | 'link';
}

/** An archive in libarchive's memory, read from its first file to its last, and again from the first. */
export class LoadedArchive {
  readonly #lib: LibarchiveWasm;
  readonly #data: number;
  readonly #size: number;
  readonly #buffer: number;
  #reader = 0;

  private constructor(lib: LibarchiveWasm, data: number, size: number) {
    this.#lib = lib;
    this.#data = data;
    this.#size = size;
    this.#buffer = lib.module._malloc(chunk);
  }

  /** Makes a new instance for each archive, so that a broken one does not affect the next. */
  static async load(file: Pick<FileBytes, 'size' | 'read'>): Promise<LoadedArchive> {
    const lib = await libarchiveWasm({ locateFile: wasmFile });
    const data = lib.module._malloc(Math.max(1, file.size));
    for (let at = 0; at < file.size; at += chunk) lib.module.HEAP8.set(await file.read(at, chunk), data + at);
    return new LoadedArchive(lib, data, file.size);
  }

  /** Returns the archive as it is in memory, valid until the next call that reads from it. */
  bytes(): Buffer {
    return Buffer.from(this.#lib.module.HEAP8.buffer, this.#data, this.#size);
  }

  rewind(): void {
    this.close();
    this.#reader = this.#lib.read_new();
    this.#lib.read_support_format_all(this.#reader);
    this.#lib.read_open_memory(this.#reader, this.#data, this.#size);
  }

  /** Returns the next entry; undefined after the last one. */
  next(): LoadedEntry | undefined {
    const entry = this.#lib.read_next_entry(this.#reader);
    if (entry === 0) {
      const error = this.#lib.error_string(this.#reader);
      if (error) throw new Error(error);
      return undefined;
    }
    const type = this.#lib.entry_filetype(entry);
    return {
      name: this.#lib.entry_pathname(entry),
      // WebAssembly returns the lower 32 bits, as a signed number.
      size: this.#lib.entry_size(entry) >>> 0,
      kind: type === folder ? 'folder' : type === regularFile ? 'file' : 'link',
    };
  }

  get isEncrypted(): boolean {
    return this.#lib.read_has_encrypted_entries(this.#reader) > 0;
  }

  /** Reads up to `most` bytes of the file that `next` returned. */
  read(most: number): Buffer {
    const parts: Buffer[] = [];
    let size = 0;
    while (size < most) {
      const length = this.#lib.read_data(this.#reader, this.#buffer, Math.min(chunk, most - size));
      if (length === 0) break;
      parts.push(Buffer.from(this.#lib.module.HEAP8.slice(this.#buffer, this.#buffer + length).buffer));
      size += length;
    }
    return Buffer.concat(parts);
  }

  /** Reads the whole file that `next` returned. */
  readWhole(label: string): Buffer {
    const bytes = this.read(maxEntryBytes + 1);
    if (bytes.length > maxEntryBytes)
      throw new ChapterUnreadable(`${label} is too large when unpacked: a file is larger than 128 MiB`);
    return bytes;
  }

  close(): void {
    if (this.#reader !== 0) this.#lib.read_free(this.#reader);
    this.#reader = 0;
  }
}
