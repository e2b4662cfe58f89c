import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { diskFiles } from '../../../providers/chapters/disk-files.ts';
import { librarySource } from '../../../providers/chapters/library.ts';
import { rar4, rar5, sevenZip, tar } from '../../../providers/chapters/testing/archives.ts';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

const text = (words: string) => new TextEncoder().encode(words);
const page = new Uint8Array(400).fill(7);

/** Names that try to leave the folder, to hide, or to look like another type. */
const names = [
  ...['001.jpg', '../../escape.jpg', '/etc/escape.jpg', 'C:\\escape.jpg', 'a\\..\\..\\escape.jpg'],
  ...[
    '__proto__.jpg',
    'constructor/001.png',
    'ComicInfo.xml',
    `${'x/'.repeat(200)}1.jpg`,
    '\u0000.jpg',
    ' .jpg',
  ],
];

/** Names with bytes of some code page, or of none. */
const oddName = fc
  .uint8Array({ minLength: 1, maxLength: 30 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));

const built = fc.dictionary(
  fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), oddName),
  fc.oneof(fc.constant(page), fc.constant(text('<ComicInfo><Series>A</Series></ComicInfo>'))),
  { maxKeys: 6 },
);

/**
 * Attacks the reader of comic archives: archives of every kind, mutated or built with hostile names, are read
 * completely.
 */
export async function archive(folder: string): Promise<Target> {
  const whole = zipSync({ '001.jpg': page, 'b/002.png': page, 'ComicInfo.xml': text('<ComicInfo/>') });
  const stored = zipSync({ '1.webp': page, '2.webp': page }, { level: 0 });
  const pages = { '10.png': page, 'ペ/2.png': page };
  const latin = { '10.png': page, 'p/2.png': page };
  const others = [
    rar5(pages),
    rar4(latin),
    rar4({ 'a\0\x30\x80abc': page }, { unicode: true }),
    sevenZip(pages),
    tar(pages),
  ];
  const tokens = [
    'PK\u0001\u0002',
    'PK\u0003\u0004',
    'PK\u0005\u0006',
    'PK\u0006\u0007',
    '../../',
    'ComicInfo.xml',
  ];
  // Pages that are read in another order than they are packed are buffered on disk.
  process.env.TMPDIR = folder;
  const file = join(folder, 'chapter.cbz');
  const source = librarySource(diskFiles(file), () => undefined);
  return target(
    fc.oneof(
      mutated([whole, stored, ...others], tokens),
      built.map((files) => zipSync(files)),
      built.map((files) => rar5(files)),
      built.map((files) =>
        tar(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name.slice(0, 24), bytes]))),
      ),
      built.map((files) => sevenZip(files)),
    ),
    async (bytes) => {
      writeFileSync(file, bytes);
      await refusedBy(['ChapterUnreadable'], () =>
        source.withChapter('chapter', async (chapter) => {
          for await (const { image } of chapter.pages())
            if (image.length > 64e6) throw new Error('unbounded');
        }),
      );
    },
  );
}
