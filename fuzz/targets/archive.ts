import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { diskFiles } from '../../providers/chapters/disk-files.ts';
import { librarySource } from '../../providers/chapters/library.ts';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

const text = (words: string) => new TextEncoder().encode(words);
const page = new Uint8Array(400).fill(7);

/** Names that try to leave the folder, to hide, or to be something else. */
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

const built = fc.dictionary(
  fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })),
  fc.oneof(fc.constant(page), fc.constant(text('<ComicInfo><Series>A</Series></ComicInfo>'))),
  { maxKeys: 6 },
);

/** Archives of comics, mutated and built with hostile names; read whole, as the fetcher does. */
export async function archive(folder: string): Promise<Target> {
  const whole = zipSync({ '001.jpg': page, 'b/002.png': page, 'ComicInfo.xml': text('<ComicInfo/>') });
  const stored = zipSync({ '1.webp': page, '2.webp': page }, { level: 0 });
  const tokens = [
    'PK\u0001\u0002',
    'PK\u0003\u0004',
    'PK\u0005\u0006',
    'PK\u0006\u0007',
    '../../',
    'ComicInfo.xml',
  ];
  const [first, ...others] = tokens.map(text);
  const file = join(folder, 'chapter.cbz');
  const source = librarySource(diskFiles(file));
  return target(
    fc.oneof(
      mutated([whole, stored], [first as Uint8Array, ...others]),
      built.map((files) => zipSync(files)),
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
