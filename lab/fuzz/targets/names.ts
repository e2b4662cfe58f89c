import fc from 'fast-check';
import { artifactsOf, storyKey } from '../../../domain/artifacts.ts';
import { librarySource } from '../../../providers/chapters/library.ts';
import type { LibraryFiles } from '../../../providers/chapters/library-files.ts';
import { refusedBy, type Target, target } from '../target.ts';

const part = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    '~',
    'a b',
    'CON',
    '$(reboot)',
    '"; rm -rf / #',
    '\u202e',
    '%2e%2e',
    'é',
    'e\u0301',
    '\0',
    '\n',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const extension = fc.constantFrom('', '.jpg', '.PNG', '.cbz', '.zip', '/ComicInfo.xml', '.txt');
const path = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 5 }), extension)
  .map(([parts, end]) => parts.join('/') + end);

/** Keys of a bucket, file names, ids of jobs and series: unusual ones stay data and lead nowhere else. */
export async function names(): Promise<Target> {
  return target(
    fc.record({
      paths: fc.array(path, { maxLength: 20 }),
      job: fc.oneof(
        path,
        fc.constantFrom('job-abc', 'job-../x', 'job-abc\n'),
        fc.string().map((text) => `job-${text}`),
      ),
    }),
    async ({ paths, job }) => {
      await refusedBy(['ZodError'], () => {
        const { root, page, speechAudio, video } = artifactsOf(job);
        for (const key of [page(1), speechAudio(2), video])
          if (!key.startsWith(root) || !/^jobs\/job-[a-z0-9-]+\/[\w./]+$/.test(key))
            throw new Error(`key: ${key}`);
      });
      if (!/^library-memory\/stories\/[0-9a-f]{32}\.json$/.test(storyKey(job)))
        throw new Error(storyKey(job));

      const known = new Set(paths);
      const read = async (name: string) => {
        if (!known.has(name)) throw new Error(`asks for ${JSON.stringify(name)}, which was not listed`);
        return Buffer.from('<ComicInfo/>');
      };
      const warnings: string[] = [];
      const files: LibraryFiles = {
        name: 'library',
        async *list() {
          yield* paths;
        },
        read,
        head: read,
        // Contents of archives are covered by another target.
        withLocalFile: async (name, use) => use(`/nowhere/${(await read(name)).length}`),
      };
      const library = librarySource(files, (line) => warnings.push(JSON.stringify(line)));
      for await (const { chapter_id } of library.list())
        await refusedBy(['ChapterUnreadable'], () =>
          library.withChapter(chapter_id, async ({ pages }) => {
            for await (const { image } of pages()) if (image.length === 0) throw new Error('empty');
          }),
        );
      if (warnings.join().length > 20_000) throw new Error('an endless warning');
    },
  );
}
