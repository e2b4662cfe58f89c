import { ChapterUnreadable } from '../../../domain/errors.ts';
import { byNaturalOrder } from '../../../domain/natural-order.ts';
import type { Archive } from '../archives/archive.ts';
import { isPicture } from '../image-format.ts';
import { isClutter, isHidden } from './clutter.ts';

/** The files of one chapter, in an archive or a folder. */
export interface ChapterFiles extends Archive {
  /** Names the archive or folder in messages. */
  label: string;
}

/** Names of pictures in any format: one that can't be read fails its chapter by name and is not skipped. */
export const imagePattern =
  /\.(jpe?g|jpe|jfif|jif|pjpe?g|png|apng|webp|avif|gif|tiff?|jxl|heic|heif|hif|bmp|dib|jp2|j2k|jpf|jpx|jxr|wdp|qoi|psd|svg)$/i;

/** Metadata files of a chapter. */
const metadataPattern = /(^|\/)(comicinfo\.xml|series\.json|details\.json|metadata\.opf|mimetype)$/i;

export interface PageFiles {
  /** In reading order. */
  pages: string[];
  /** Files that are neither pages nor metadata. */
  skipped: string[];
}

const listed = 100;

/** Returns the first names, and one line for the rest. */
export const shortList = (names: readonly string[]): string[] =>
  names.length <= listed ? [...names] : [...names.slice(0, listed), `and ${names.length - listed} more`];

/** A cover has no number, and comes first among the pages of its folder. */
const withoutCover = (name: string) => name.replace(/(?<=^|\/)!?(?:front[-_ ]?)?cover(?=\.[^./]+$)/i, '');

const byReadingOrder = (a: string, b: string) =>
  byNaturalOrder(withoutCover(a), withoutCover(b)) || byNaturalOrder(a, b);

/**
 * Splits the files of a chapter into pages and others. A file is a page if its name is that of a picture, or its content
 * is a picture under any other name.
 */
export async function pageFiles({ label, names, head }: ChapterFiles): Promise<PageFiles> {
  const pages: string[] = [];
  const skipped: string[] = [];
  for (const name of names) {
    if (isClutter(name) || metadataPattern.test(name)) continue;
    if (isHidden(name)) skipped.push(name);
    else if (imagePattern.test(name) || isPicture(await head(name))) pages.push(name);
    else skipped.push(name);
  }
  if (pages.length === 0) {
    const inside = skipped.length === 0 ? '' : `; it has ${shortList(skipped.slice(0, 5)).join(', ')}`;
    throw new ChapterUnreadable(`${label} has no pages: no image files in it${inside}`);
  }
  return { pages: pages.sort(byReadingOrder), skipped: skipped.sort(byNaturalOrder) };
}
