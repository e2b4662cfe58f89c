import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPageReader,
  type PageAnalysis,
  type PageReader,
  type RecognizedWord,
  type Recognizer,
  tesseracts,
} from 'comic-reader';
import type { PageLanguage } from 'comic-reader/languages';

const root = join(import.meta.dirname, '../../..');
const folder = join(tmpdir(), 'manga-pipeline-doubt');

/** Returns a hash of source files, without tests and drawn fixtures, which do not affect the result. */
function hashOf(pattern: string): string {
  const hash = createHash('sha256');
  for (const file of globSync(pattern, { cwd: root }).sort())
    if (!/\.(?:test|fixture)\.ts$/.test(file)) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Returns the cached value of that name, or makes and caches it. */
async function kept<T>(kind: string, key: string, make: () => Promise<T>): Promise<T> {
  const within = join(folder, kind);
  const file = join(within, `${key}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
  const made = await make();
  mkdirSync(within, { recursive: true });
  // In one step, since another run can read it at the same time.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
  renameSync(`${file}.${process.pid}`, file);
  return made;
}

/** Wraps a recogniser with a cache that is valid until its source or its data changes: it takes almost all of the time. */
function cached(recognizer: Recognizer, name: string, version: string): Recognizer {
  const keyOf = ({ data, width, height }: Parameters<Recognizer['recognize']>[0]) =>
    createHash('sha256').update(`${width}x${height}`).update(data).digest('hex').slice(0, 32);
  return {
    recognize: (picture) =>
      kept<RecognizedWord[][]>(`words-${version}-${name}`, keyOf(picture), () =>
        recognizer.recognize(picture),
      ),
    close: () => recognizer.close(),
  };
}

/** Returns a reader with a cache, by the hash of the page and of the reader's source and data. */
export function cachedReader(): PageReader {
  const version = hashOf('packages/{comic-reader,vietnamese-speech}/src/**/*.{ts,gz}');
  const words = hashOf('packages/comic-reader/src/{reading/{recognizer,hocr}.ts,data/*.traineddata.gz}');
  const recognizersOf = (language: PageLanguage) =>
    tesseracts(language).map((one, i) => cached(one, `${language}-${i}`, words));
  const reader = createPageReader({ recognizersOf });
  return {
    read: async ({ image, ...request }) => {
      const key = createHash('sha256')
        .update(JSON.stringify(request))
        .update(image)
        .digest('hex')
        .slice(0, 32);
      return kept<PageAnalysis>(`pages-${version}`, key, () => reader.read({ ...request, image }));
    },
    close: () => reader.close(),
  };
}
