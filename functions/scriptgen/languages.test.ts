import type { PageAnalysis } from '../../domain/page.ts';
import type { Script } from '../../domain/script.ts';
import { isVietnamese } from '../../domain/vietnamese.ts';
import { corrected } from '../../fakes/llm/replies.ts';
import type { FakeLlmOptions } from '../../fakes/llm/server.ts';
import { createLlmNarrator } from '../../providers/narrators/llm/llm-narrator.ts';
import { analysisOf, llmFixture, picture } from '../../providers/narrators/testing/llm-fixture.ts';
import { chapterInMemory, chapterOf } from './chapter-in-memory.fixture.ts';
import { run } from './scriptgen.ts';

/** Lettering of two pages, and letters that only that language has. */
const chapters: Readonly<Record<string, { pages: [string[], string[]]; letters: RegExp }>> = {
  en: {
    pages: [
      ['Did you see my umbrella, Hana?', 'No, but the old lady did!'],
      ['Then we have to ask her.', 'Wait for me!'],
    ],
    letters: /\b(umbrella|lady|wait)\b/i,
  },
  ja: {
    pages: [
      ['ハナ、私の傘を見なかった？', 'おばあさんが見たって！'],
      ['じゃあ聞きに行こう', '待ってよ！'],
    ],
    letters: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  },
  zh: {
    pages: [
      ['花，你看见我的伞了吗？', '老奶奶看见了！'],
      ['那我们去问她吧', '等等我！'],
    ],
    letters: /\p{Script=Han}/u,
  },
  ko: {
    pages: [
      ['하나, 내 우산 봤어?', '할머니가 봤대!'],
      ['그럼 물어보러 가자', '같이 가!'],
    ],
    letters: /\p{Script=Hangul}/u,
  },
};
const languages = Object.keys(chapters);

/** Writes the scripts of two chapters of a series in a language, with the same bucket for its memory. */
async function told(language: string, options: FakeLlmOptions = {}) {
  const fixture = await llmFixture(options, { presentation: true });
  const { pages = [] } = chapters[language] ?? {};
  const read = ({ number }: { number: number }): PageAnalysis => ({
    ...analysisOf(number, pages[number - 1]),
    reading: {
      ...{ undivided: false, panel_doubt: 0, panel_doubts: [], order_doubt: 0, unknown_direction: false },
      ...{ lettering_area: 9000, unread_area: 0, unread: [], lines: 4, unread_lines: 0, sharpness: 1 },
      ...{ words: 20, lost_words: 0, wrong_words: 0, unsure_bubbles: 0, unsure_words: 0, fused_bubbles: 0 },
      ...{ loose_bubbles: 0, language, square_letters: language !== 'en' },
    },
  });
  const scripts: Script[] = [];
  const reasons: string[] = [];
  for (const number of ['1', '2']) {
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const { stored, ports } = chapterInMemory(2);
    await run(
      { job_id: 'job-abc123', continuation_token: null },
      {
        ...ports,
        getChapter: async () => ({ ...chapterOf(2), chapter_id: `meo/${number}`, number, language }),
        getPage: async () => picture,
        reader: { read: async (page) => read(page) },
        markScripted: async (_, { doubt_reasons }) => void reasons.push(...doubt_reasons),
        narrator,
      },
    );
    scripts.push(stored.get('jobs/job-abc123/script.json') as Script);
  }
  await fixture.fake.close();
  return { scripts, reasons, requests: fixture.fake.requests, story: fixture.stories.get('meo')?.story };
}

test.each(languages)(
  'a chapter in %s is told in Vietnamese, and no sentence of it is left',
  async (language) => {
    const { scripts, reasons, requests } = await told(language);
    for (const { segments } of scripts)
      for (const { text, kind } of segments) {
        expect(text).not.toMatch(chapters[language]?.letters as RegExp);
        if (kind === 'speech' || kind === 'description') expect(isVietnamese(text)).toBe(true);
      }
    expect(reasons).toEqual([]);
    // The model gets the lettering as it was read.
    const sent = JSON.stringify(requests.find(({ page }) => page === 1)?.panels);
    for (const line of chapters[language]?.pages[0] ?? []) expect(sent).toContain(line);
  },
);

test.each(languages)(
  'names and forms of address of a series in %s stay from chapter to chapter',
  async (language) => {
    const { scripts, requests, story } = await told(language);
    const [first, second] = scripts.map(({ speakers = [] }) => speakers.map(({ name }) => name));
    expect(second).toEqual(first);
    const later = requests.filter(({ page }) => page > 0).at(-1);
    expect(later?.characters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Lan', address: expect.stringContaining('tớ') }),
      ]),
    );
    expect(story?.characters.map(({ name }) => name)).toEqual(['Lan', 'Bà Tư']);
  },
);

test.each(languages)('what the model puts back into %s when it proofreads is not used', async (language) => {
  const lettering = chapters[language]?.pages[0][0] as string;
  const { scripts, reasons } = await told(language, {
    proofread: (seen) => corrected(seen, () => lettering, seen.proofs.length),
  });
  for (const { segments, changes } of scripts) {
    expect(changes).toBeUndefined();
    for (const { text } of segments) expect(text).not.toContain(lettering);
  }
  expect(reasons).toEqual([]);
});

/** A short line of each language as a model can leave it between Vietnamese sentences, some in Latin letters. */
const left: Readonly<Record<string, string>> = {
  en: 'Wait for me!',
  ja: 'Chotto matte yo!',
  zh: '等等我！',
  ko: 'Gachi gajago, oppa!',
};

test.each(languages)('a short line in %s among Vietnamese ones is told again', async (language) => {
  const line = left[language] as string;
  const { scripts, requests } = await told(language, {
    leaves: ({ page, repair }) => (page === 2 && !repair ? line : undefined),
  });
  for (const { segments } of scripts) for (const { text } of segments) expect(text).not.toContain(line);
  expect(requests.some(({ page, repair }) => page === 2 && repair)).toBe(true);
  expect(scripts[0]?.account?.notes.join()).toContain('is not Vietnamese');
});

test.each(languages)(
  'a page in %s that the model leaves in another language holds the chapter',
  async (language) => {
    const { scripts, reasons } = await told(language, {
      fault: ({ page }) => (page === 2 ? 'English' : undefined),
    });
    expect(reasons.some((reason) => /lettering/.test(reason))).toBe(true);
    expect(scripts[0]?.account?.notes).toContain('page 2: told from its lettering alone');
    const foreign = (scripts[0]?.segments ?? []).filter(({ text }) => /The girl looks/.test(text));
    expect(foreign).toEqual([]);
  },
);
