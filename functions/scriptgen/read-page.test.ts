import { createPageReader } from 'comic-reader';
import sharp from 'sharp';
import { PageAnalysis } from '../../domain/page.ts';
import { chapterOf } from './chapter-in-memory.fixture.ts';
import { readPage } from './read-page.ts';

/** Reads the same word in every picture. */
const recognizer = {
  recognize: async ({ width, height }: { width: number; height: number }) => [
    [{ text: 'Chào', confidence: 95, box: { x: 0, y: 0, w: width, h: height } }],
  ],
  close: async () => undefined,
};
const reader = createPageReader({ recognizersOf: () => [recognizer] });

const chapter = chapterOf(2);
const page = { number: 2, key: 'page-2', width: 1, height: 1 };
const read = (image: Uint8Array) => readPage(chapter, page, { reader, getPage: async () => image });

test('panels.json drops nothing of what the reader reports', async () => {
  const { analysis } = await read(await sharp('samples/ke-trom-o/002.png').resize(400).png().toBuffer());
  expect(analysis.panels.flatMap(({ bubbles }) => bubbles).length).toBeGreaterThan(0);
  expect(PageAnalysis.parse(analysis)).toEqual(analysis);
});

test('a page that cannot be decoded makes the chapter unreadable', async () => {
  await expect(read(new TextEncoder().encode('<html>Not found</html>'))).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(/^Page 2 can't be decoded: ./),
  });
});
