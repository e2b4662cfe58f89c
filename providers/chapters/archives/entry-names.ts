import { validateFileName } from 'yauzl';
import { ChapterUnreadable } from '../../../domain/errors.ts';
import type { Maker } from './code-pages.ts';
import { decodeAs } from './decode-as.ts';
import { guessEncoding } from './guess-encoding.ts';

/** The name of a file as it is stored in an archive. */
export interface RawName {
  bytes: Uint8Array;
  /** Whether the archive declares the bytes to be UTF-8. */
  isUtf8: boolean;
}

export interface EntryNames {
  names: string[];
  notes: string[];
}

/** Gives the names of an archive, each once: a second file of the same name gets a number, so that neither is lost. */
function uniqueNames() {
  const names = new Set<string>();
  /** Number of the last file of a name. */
  const numbers = new Map<string, number>();
  return {
    names,
    add(name: string): void {
      const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? [];
      let number = numbers.get(name) ?? 1;
      const numbered = () => (number === 1 ? name : `${stem} [${number}]${extension}`);
      while (names.has(numbered())) number += 1;
      numbers.set(name, number);
      names.add(numbered());
    },
  };
}

/** Returns a name with `�` for each control character (NUL, line feed, escape), none of which a name can have on all disks. */
export const withoutControls = (name: string) => name.replace(/\p{Cc}/gu, '\uFFFD');

/** `./a//b` → `a/b`. */
const withoutDots = (path: string) =>
  path.replace(/(?<=^|\/)(?:\.?\/)+(?!$)/g, (run, at: number) =>
    at === 0 && !run.startsWith('.') ? run : '',
  );

/**
 * Decodes the names of an archive; all with an undeclared encoding are decoded in the same one. A backslash separates
 * folders only after that: in Shift-JIS it is the second half of characters.
 * @param maker the kind of system that made the archive, if it says so
 * @throws ChapterUnreadable for a name that is absolute or leads out of the archive
 */
export function entryNames(raw: readonly RawName[], label: string, maker?: Maker): EntryNames {
  const undeclared = raw.filter(({ bytes, isUtf8 }) => !isUtf8 || decodeAs('utf-8', bytes) === undefined);
  const encoding = guessEncoding(
    undeclared.map(({ bytes }) => bytes),
    maker,
  );
  const { names, add } = uniqueNames();
  const notes = new Set<string>();
  if (encoding !== 'utf-8')
    notes.add(`The file names in ${label} do not declare their encoding and are read as ${encoding}`);
  for (const { bytes, isUtf8 } of raw) {
    const declared = isUtf8 ? decodeAs('utf-8', bytes) : undefined;
    const text = declared ?? decodeAs(encoding, bytes) ?? '';
    const printable = withoutControls(text);
    if (printable !== text) notes.add(`${label} has file names with control characters, shown as \uFFFD`);
    const name = withoutDots(printable.replaceAll('\\', '/'));
    const reason = validateFileName(name);
    if (reason) throw new ChapterUnreadable(`${label} can't be read as an archive: ${reason}`);
    if (names.has(name)) notes.add(`${label} has more than one file called ${name}`);
    add(name);
  }
  return { names: [...names], notes: [...notes] };
}
