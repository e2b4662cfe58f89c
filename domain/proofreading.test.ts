import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  doubtsOfProofreading,
  type Proofreading,
  proofreadByRules,
  proofreadingLines,
} from './proofreading.ts';
import type { Segment } from './script.ts';
import type { Character } from './story.ts';

type Line = Partial<Segment> & { text: string };
const segmentsOf = (lines: readonly Line[]): Segment[] =>
  lines.map((line, index) => ({
    ...{ kind: line.speaker ? 'speech' : 'description', page: index + 1, panels: ['p001-1'] },
    ...{ pause_after: 0, mood: 'neutral', index },
    ...line,
  }));

const character = (name: string, more: Partial<Character> = {}): Character => ({
  ...{ name, original: '', address: '', about: '' },
  ...{ gender: 'unknown', age: 'unknown', manner: 'unknown' },
  ...more,
});

const found = (lines: readonly Line[], characters: readonly Character[] = []) =>
  proofreadByRules({ segments: segmentsOf(lines) }, characters).map(({ fault, sure, text }) => [
    `${fault}${sure ? ', sure' : ''}`,
    text,
  ]);

test('every page of the sample chapter is right', async () => {
  const truth = await readFile(join(import.meta.dirname, '../samples/ke-trom-o/truth.json'), 'utf8');
  const { pages } = JSON.parse(truth) as { pages: { bubbles: { text: string; kind: string }[] }[] };
  const lines = pages.flatMap(({ bubbles }, index) =>
    bubbles.flatMap(({ text, kind }) => (text && kind !== 'sfx' ? [{ text, page: index + 1 }] : [])),
  );
  expect(lines.length).toBeGreaterThan(20);
  expect(found(lines)).toEqual([]);
});

describe('names', () => {
  test('a name of several syllables in two spellings is reported, the rarer one', () => {
    expect(
      found([
        { text: 'Sáng nay Minh Khôi đến sớm.' },
        { text: 'Ai cũng chào Minh Khôi.' },
        { text: 'Không ai thấy Minh Khoi nữa.' },
      ]),
    ).toEqual([['name', 'page 3: “Minh Khoi” can be “Minh Khôi” spelt differently']]);
  });

  test('the spelling of the memory is the right one, also if the chapter has the other more often', () => {
    expect(
      found(
        [{ text: 'Rồi Akirra bước vào.' }, { text: 'Không ai chào Akirra.' }, { text: 'Chỉ Akira cười.' }],
        [character('Akira')],
      ),
    ).toEqual([['name', 'pages 1–2: “Akirra” can be “Akira” spelt differently']]);
  });

  test('a character who is called as in the pages has another name in the memory', () => {
    expect(found([{ text: 'Rồi Hana bật khóc.' }], [character('Hoa', { original: 'Hana' })])).toEqual([
      ['name', 'page 1: “Hana” is called “Hoa” in the memory of the series'],
    ]);
  });

  test('a speaker under a longer or shorter name than in the memory would have two voices', () => {
    const lines = ['bé Lan', 'Lan', 'Minh', 'Ông Bảy'].map((speaker) => ({ speaker, text: 'Ừ, đi thôi!' }));
    expect(found(lines, [character('Lan'), character('Minh Khôi'), character('Bà Tư')])).toEqual([
      ['name', 'page 1: “bé Lan” can be “Lan”, who has another voice'],
      ['name', 'page 3: “Minh” can be “Minh Khôi”, who has another voice'],
    ]);
  });

  test.each([
    ['two people of one syllable', ['Hôm nay Lan gặp Lân ở chợ.']],
    ['short foreign names', ['Hôm nay Rin gặp Ren ở chợ.']],
    ['words at the beginning of sentences', ['Hoa nở rồi.', 'Hòa bình đã về.']],
    ['cries in capitals', ['Ngay lúc đó ĐỨNG LẠI vang lên, rồi DỪNG LẠI.']],
  ])('%s are not reported', (_, texts) => {
    expect(found(texts.map((text) => ({ text })))).toEqual([]);
  });
});

describe('forms of address', () => {
  const said = (speaker: string, text: string, more: Partial<Segment> = {}): Line => ({
    ...{ speaker, text },
    ...more,
  });

  test('one pair of people who change them is reported, with the pages', () => {
    expect(
      found([
        said('Lan', 'Tớ mất ô rồi.'),
        said('Minh', 'Mất ở đâu thế?'),
        said('Lan', 'Tôi không nhớ nữa.'),
        said('Minh', 'Thế thì chịu.'),
      ]),
    ).toEqual([['address', 'pages 1 and 3: to Minh, Lan says “tớ” and “tôi” of themselves']]);
  });

  test('who is angry is rude, and who talks to somebody else speaks otherwise', () => {
    expect(
      found([
        said('Lan', 'Tớ mất ô rồi.'),
        said('Minh', 'Ừ.'),
        said('Lan', 'Tao ghét mày!', { mood: 'angry' }),
        { text: 'Chiều hôm ấy trời tạnh.' },
        { text: 'Ngoài chợ chỉ còn một người.' },
        { text: 'Người ấy đang dọn hàng.' },
        said('Lan', 'Tôi muốn mua một chiếc ô.'),
        said('Bà Tư', 'Chiếc nào?'),
      ]),
    ).toEqual([]);
  });

  test('the memory says how a character speaks of themselves', () => {
    const lan = character('Lan', { address: 'tự xưng là tớ, gọi Minh là cậu' });
    expect(found([said('Lan', 'Tớ đây.'), said('Lan', 'Tao đi đây.')], [lan])).toEqual([
      [
        'address',
        'page 2: Lan says “tao” of themselves; the memory of the series says: “tự xưng là tớ, gọi Minh là cậu”',
      ],
    ]);
    expect(found([said('Lan', 'Em đi đây.'), said('Lan', 'Tớ đi đây.')], [lan])).toEqual([]);
  });
});

describe('repetitions', () => {
  const long = 'Lan lặng lẽ mở cánh cửa gỗ cũ.';

  test('a sentence that is told twice is reported, however it is written', () => {
    expect(found([{ text: long }, { text: `Rồi trời mưa. ${long.slice(0, -1)}!` }])).toEqual([
      ['repetition', `pages 1–2: told 2 times: “${long}”`],
    ]);
    expect(found([{ text: 'Anh nói gì vậy?' }, { text: 'Anh nói gì vậy?' }])).toEqual([]);
  });

  test('two pages that say the same are surely one page', () => {
    const page = [long, 'Bà Tư đứng sau hàng rào nhìn theo.', 'Mưa vẫn rơi trên mái ngói đỏ.'];
    const on = (number: number) => page.map((text) => ({ text, page: number }));
    expect(found([...on(3), ...on(5)])).toEqual([
      ['repetition, sure', 'pages 3 and 5 tell the same 3 sentences: one page can be in the chapter twice'],
    ]);
    const more = [...on(5), { text: 'Rồi nắng lên trên con ngõ nhỏ.', page: 5 }];
    expect(found([...on(3), ...more]).map(([fault]) => fault)).toEqual(Array(3).fill('repetition'));
  });

  test('pages with the same song are two pages if something else is said on them', () => {
    const song = [long, 'Bà Tư đứng sau hàng rào nhìn theo.', 'Mưa vẫn rơi trên mái ngói đỏ.'];
    const on = (page: number, cry: string) => [...song, cry].map((text) => ({ text, page }));
    expect(found([...on(3, 'Hát to lên!'), ...on(9, 'Đủ rồi!')]).map(([fault]) => fault)).toEqual(
      Array(3).fill('repetition'),
    );
  });

  test('the fixed sentences over silent pages are not told', () => {
    const silent = { text: 'Khung cảnh lặng im, ta hãy cùng nhìn kỹ.', kind: 'description' } as const;
    expect(
      proofreadByRules(
        {
          segments: segmentsOf([silent, silent]).map(({ mood: _, ...segment }) => segment),
        },
        [],
      ),
    ).toEqual([]);
  });
});

test('words that a voice leaves out or cannot join are reported once', () => {
  expect(
    found([{ text: 'Tên hắn là 進撃 đó, cậu Xzqtr ạ.' }, { text: 'Xzqtr đến lúc 7h30 với 3 kg gạo, brrr!' }]),
  ).toEqual([
    ['unpronounceable', "page 1: a Vietnamese voice can't pronounce “進撃”"],
    ['unpronounceable', "pages 1–2: a Vietnamese voice can't pronounce “Xzqtr”"],
  ]);
});

test('a foreign sentence of a model is surely wrong, one that is lettered can be meant', () => {
  const text = 'Lan mỉm cười nhìn trời. I will wait for you here tomorrow.';
  const said = 'page 1: this sentence is not Vietnamese: “I will wait for you here tomorrow.”';
  expect(found([{ text }])).toContainEqual(['foreign, sure', said]);
  const [segment] = segmentsOf([{ text, kind: 'speech' }]);
  const { mood: _, ...lettered } = segment as Segment;
  expect(proofreadByRules({ segments: [lettered] }, [])).toContainEqual(
    expect.objectContaining({ fault: 'foreign', sure: false }),
  );
});

test('what is sure is a doubt, the rest are lines for a person', () => {
  const finding = { found_by: 'rules' as const, pages: [2], text: 'page 2: hm', sure: false };
  const proofreading: Proofreading = {
    ...{ job_id: 'job-abc123', model: { read: 7, unread: 3 }, changed: 2, notes: ['“A” became “B”'] },
    findings: [
      { ...finding, fault: 'name' },
      { ...finding, fault: 'foreign', text: 'page 2: English', sure: true },
    ],
  };
  expect(doubtsOfProofreading(proofreading)).toEqual([
    { kind: 'language', pages: [2], text: 'page 2: English' },
  ]);
  expect(proofreadingLines(proofreading)).toEqual([
    '2 sentences were changed when the script was proofread',
    'the model did not proofread 3 of 10 sentences',
    '“A” became “B”',
    'page 2: hm',
  ]);
  const many = { ...proofreading, findings: Array(40).fill({ ...finding, fault: 'name' }) };
  expect(proofreadingLines(many)).toHaveLength(21);
  expect(proofreadingLines(many).at(-1)).toBe('and 23 more in proofreading.json');
});
