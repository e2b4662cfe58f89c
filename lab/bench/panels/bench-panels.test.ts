import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bubble } from '../../../domain/page.ts';
import { countOrder } from './bubble-order.ts';
import { chaptersIn, truthFolders } from './chapters.ts';
import { countBreaks } from './line-breaks.ts';
import { pageChoice } from './page-choice.ts';
import { pagesOf, type TrueBubble } from './truth.ts';
import { hits, wordsOf } from './words.ts';

const chosen = (pages: string) => [1, 2, 3, 4, 5].filter(pageChoice(pages));

test('chooses pages by their number', () => {
  expect(chosen('all')).toEqual([1, 2, 3, 4, 5]);
  expect(chosen('odd')).toEqual([1, 3, 5]);
  expect(chosen('even')).toEqual([2, 4]);
  expect(chosen('1,3-4')).toEqual([1, 3, 4]);
  expect(() => pageChoice('some')).toThrow('PAGES is some; it is all, odd, even, or numbers as in 1,3,5-8');
});

test('a word that is found twice but meant once is one hit', () => {
  expect(hits(wordsOf('Đi, đi nào!'), wordsOf('Đi thôi'))).toBe(1);
});

const meant = (text: string, x: number, over: Partial<TrueBubble> = {}): TrueBubble => ({
  ...{ x, y: 0, w: 40, h: 40, text, panel: 0 },
  ...{ spoken: true, orderArguable: false, panelArguable: false },
  ...over,
});
const read = (text: string, x: number, w = 40): Bubble => ({ x, y: 0, w, h: 40, text, confidence: 90 });

describe('neighbouring bubbles', () => {
  const truth = [meant('Who is it?', 100), meant('Only me, Sakamoto.', 50), meant('Come in.', 0)];

  test('count as right if both were read in that order', () => {
    const inOrder = [read('Who is it?', 100), read('Only me, Sakamoto.', 50), read('Come in.', 0)];
    expect(countOrder(inOrder, truth)).toEqual({ pairs: 2, read: 2, right: 2 });
    expect(countOrder([...inOrder].reverse(), truth)).toEqual({ pairs: 2, read: 2, right: 0 });
    expect(countOrder(inOrder.slice(1), truth)).toEqual({ pairs: 2, read: 1, right: 1 });
  });

  test('leave out sounds and ambiguous orders', () => {
    const some = [
      meant('BAM', 100, { spoken: false }),
      ...truth.slice(1),
      meant('Oh', 200, { orderArguable: true }),
    ];
    expect(countOrder([], some)).toEqual({ pairs: 1, read: 0, right: 0 });
  });

  test('that were read as one are right if all words of the first come first', () => {
    const both = truth.slice(1);
    expect(countOrder([read('Only me, Sakamoto. Come in.', 0, 90)], both).right).toBe(1);
    expect(countOrder([read('Come Only me, in. Sakamoto.', 0, 90)], both).right).toBe(0);
    const long = [
      meant('Mother told us to be back before dinner.', 0),
      meant('Then we take the long way.', 50),
    ];
    const interleaved = 'Mother told us to be back before Then we take the long dinner. way.';
    expect(countOrder([read(interleaved, 0, 90)], long).right).toBe(0);
  });

  test('are recognised by their words if they were read elsewhere', () => {
    const moved = [read('Who is it?', 500), read('Only me, Sakamoto.', 600)];
    expect(countOrder(moved, truth)).toEqual({ pairs: 2, read: 1, right: 1 });
  });
});

test('a line break counts by the words that it separates, unless a voice pauses there anyway', () => {
  const truth = meant('Lv. 12\nHP 100\nBạn thắng!\nThưởng lớn', 0, { lines: 5 });
  expect(countBreaks('Lv. 12\nHP 100 Bạn\nthắng! Thưởng lớn', truth)).toEqual({
    ...{ breaks: 2, kept: 1 },
    ...{ wraps: 1, broken: 1 },
  });
});

test('leaves out bubbles without lettering in a language', () => {
  const bubble = { x: 0, y: 0, w: 9, h: 9, panel: 0 };
  const [page] = pagesOf(
    {
      readingDirection: 'rtl',
      pages: [
        {
          ...{ file: '001.jpg', panels: [], ambiguous: false },
          bubbles: [
            { ...bubble, kind: 'speech', text: { en: 'Hi', vi: 'Chào' } },
            { ...bubble, kind: 'sound', text: { en: 'BAM' } },
          ],
        },
      ],
      dialogue: { vi: [['Chào']], en: [['Hi', 'BAM']] },
    },
    'vi',
  );
  expect(page?.bubbles).toMatchObject([{ text: 'Chào', spoken: true }]);
  expect(page?.lettered).toEqual(['Chào']);
});

describe('folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-panels-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const truth = { readingDirection: 'ltr', pages: [], dialogue: { vi: [], en: [] } };

  test('with truth files are found below the given folder', () => {
    for (const name of ['a', 'b', 'c']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'a/one.truth.json'), JSON.stringify(truth));
    writeFileSync(join(folder, 'a/my-one.vi.cbz'), '');
    writeFileSync(join(folder, 'b/truth.json'), JSON.stringify(truth));
    expect(truthFolders(folder)).toEqual([join(folder, 'a'), join(folder, 'b')]);
    const named = ({ name, language }: { name: string; language: string }) => `${name} ${language}`;
    expect(chaptersIn(join(folder, 'a')).map(named)).toEqual(['a/my-one.vi.cbz vi']);
    expect(chaptersIn(join(folder, 'b')).map(named)).toEqual(['b vi', 'b en']);
  });

  test('are named if they are missing, empty or broken', () => {
    expect(() => truthFolders(join(folder, 'nowhere'))).toThrow(/^The folder .*nowhere does not exist$/);
    expect(() => truthFolders(join(folder, 'c'))).toThrow(/c contains no chapter with its truth/);
    writeFileSync(join(folder, 'c/two.truth.json'), JSON.stringify(truth));
    expect(() => chaptersIn(join(folder, 'c'))).toThrow(
      /^No \*\.<language>\.cbz belongs to .*two\.truth\.json$/,
    );
    writeFileSync(join(folder, 'c/two.truth.json'), '{"pages":[]}');
    expect(() => chaptersIn(join(folder, 'c'))).toThrow(
      /two\.truth\.json is not a truth file: readingDirection/,
    );
  });
});
