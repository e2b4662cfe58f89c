import type { RawName } from './entry-names.ts';

/** A file of a RAR archive, from its header. */
export interface RarFile extends RawName {
  /** Checksum of the unpacked bytes. */
  crc: number | undefined;
}

/** Contents of a RAR archive's headers, before anything is unpacked. */
export interface RarHeaders {
  /** In their order, including links but not folders. */
  files: RarFile[];
  isEncrypted: boolean;
  /** Whether the archive is split and this is one of its parts. */
  isVolume: boolean;
  /** Whether the chain of headers reaches the end of the archive. */
  isWhole: boolean;
}

const nothing = (): RarHeaders => ({ files: [], isEncrypted: false, isVolume: false, isWhole: false });

/** Reads an integer of RAR 5: seven bits a byte, the lowest first. */
function vint(bytes: Buffer, from: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[from + i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, next: from + i + 1 };
  }
  return { value: Number.POSITIVE_INFINITY, next: from + 10 };
}

/** Reads the fields of a file's header: flags, sizes, an optional time and checksum, and the name in UTF-8. */
function file5(bytes: Buffer, from: number): RarFile | undefined {
  const flags = vint(bytes, from);
  if (flags.value & 1) return undefined;
  const attributes = vint(bytes, vint(bytes, flags.next).next);
  const crcAt = attributes.next + (flags.value & 2 ? 4 : 0);
  const hasCrc = (flags.value & 4) !== 0 && crcAt + 4 <= bytes.length;
  const host = vint(bytes, vint(bytes, crcAt + (hasCrc ? 4 : 0)).next);
  const length = vint(bytes, host.next);
  return {
    bytes: Buffer.from(bytes.subarray(length.next, length.next + length.value)),
    isUtf8: true,
    crc: hasCrc ? bytes.readUInt32LE(crcAt) : undefined,
  };
}

/** Returns whether a header's extra area has a record of type 1, which describes the file's encryption. */
function hasEncryption(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const length = vint(bytes, at);
    if (vint(bytes, length.next).value === 1) return true;
    if (length.value === 0) return false;
    at = length.next + length.value;
  }
  return false;
}

/** Follows the headers of a RAR 5 archive (RARLAB, "RAR 5.0 archive format"). */
function headersOf5(bytes: Buffer): RarHeaders {
  const found = nothing();
  for (let at = 8; at < bytes.length; ) {
    const size = vint(bytes, at + 4);
    const type = vint(bytes, size.next);
    const flags = vint(bytes, type.next);
    const extra = flags.value & 1 ? vint(bytes, flags.next) : { value: 0, next: flags.next };
    const data = flags.value & 2 ? vint(bytes, extra.next) : { value: 0, next: extra.next };
    const headerEnd = size.next + size.value;
    if (size.value === 0 || headerEnd + data.value > bytes.length) return found;
    if (type.value === 4) return { ...found, isEncrypted: true };
    if (type.value === 1 && vint(bytes, data.next).value & 1) found.isVolume = true;
    if (type.value === 2) {
      const file = file5(bytes, data.next);
      if (file) found.files.push(file);
      if (hasEncryption(bytes, headerEnd - extra.value, headerEnd)) found.isEncrypted = true;
    }
    if (type.value === 5) return { ...found, isWhole: true };
    at = headerEnd + data.value;
  }
  return found;
}

/**
 * Decodes a Unicode name of RAR 3: the name in a code page, a zero, and instructions of two bits each that give its
 * characters as bytes, as bytes with a common upper half, in full, or as a stretch of the other name.
 */
function unicodeName(field: Buffer): Buffer | undefined {
  const zero = field.indexOf(0);
  if (zero === -1) return undefined;
  const plain = field.subarray(0, zero);
  const code = field.subarray(zero + 1);
  const upper = (code[0] ?? 0) << 8;
  let text = '';
  let flags = 0;
  let bits = 0;
  for (let at = 1; at < code.length; ) {
    if (bits === 0) {
      flags = code[at++] ?? 0;
      bits = 8;
      continue;
    }
    const kind = (flags >> 6) & 3;
    flags <<= 2;
    bits -= 2;
    const byte = code[at++] ?? 0;
    if (kind < 2) text += String.fromCharCode(byte + (kind === 1 ? upper : 0));
    else if (kind === 2) text += String.fromCharCode(byte + ((code[at++] ?? 0) << 8));
    else {
      const shift = byte & 0x80 ? (code[at++] ?? 0) : undefined;
      for (let left = (byte & 0x7f) + 2; left > 0 && text.length < plain.length; left--) {
        const other = plain[text.length] ?? 0;
        text += String.fromCharCode(shift === undefined ? other : ((other + shift) & 0xff) + upper);
      }
    }
  }
  return Buffer.from(text);
}

function file4(bytes: Buffer, at: number, flags: number, hasHigh: boolean): RarFile {
  const length = bytes.readUInt16LE(at + 26);
  const from = at + (hasHigh ? 40 : 32);
  const field = Buffer.from(bytes.subarray(from, from + length));
  const unicode = flags & 0x200 ? unicodeName(field) : undefined;
  return { bytes: unicode ?? field, isUtf8: unicode !== undefined, crc: bytes.readUInt32LE(at + 16) };
}

/** Follows the headers of RAR 1.5 to 4 (RARLAB, "RAR 4.x archive format"). Before version 3 there was no end header. */
function headersOf4(bytes: Buffer): RarHeaders {
  const found = nothing();
  let at = 7;
  while (at + 7 <= bytes.length) {
    const type = bytes[at + 2] ?? 0;
    const flags = bytes.readUInt16LE(at + 3);
    const size = bytes.readUInt16LE(at + 5);
    const isFile = type === 0x74;
    if (size < 7 || type < 0x72 || type > 0x7b || at + size > bytes.length || (isFile && size < 32))
      return found;
    const hasData = (flags & 0x8000) !== 0 || isFile || type === 0x7a;
    const hasHigh = (isFile || type === 0x7a) && (flags & 0x100) !== 0 && size >= 40;
    const low = hasData && size >= 11 ? bytes.readUInt32LE(at + 7) : 0;
    const data = low + (hasHigh ? bytes.readUInt32LE(at + 32) * 2 ** 32 : 0);
    if (at + size + data > bytes.length) return found;
    if (type === 0x73) {
      if (flags & 0x80) return { ...found, isEncrypted: true };
      found.isVolume = (flags & 1) !== 0;
    }
    if (isFile) {
      if ((flags & 0xe0) !== 0xe0) found.files.push(file4(bytes, at, flags, hasHigh));
      if (flags & 4) found.isEncrypted = true;
    }
    if (type === 0x7b) return { ...found, isWhole: true };
    at += size + data;
  }
  return { ...found, isWhole: at === bytes.length };
}

/** Reads the headers of a whole RAR archive in memory. */
export const rarHeaders = (bytes: Buffer, kind: 'rar4' | 'rar5'): RarHeaders =>
  kind === 'rar5' ? headersOf5(bytes) : headersOf4(bytes);
