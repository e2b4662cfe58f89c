import sharp from 'sharp';
import { startBucket } from '../../aws/testing/embedded-cloud.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { appearanceOf, type PublishedVideo } from '../../domain/likeness/appearance.ts';
import type { Likeness } from '../../domain/likeness.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { Script } from '../../domain/script.ts';
import { createLlmNarrator } from '../../providers/narrators/llm/llm-narrator.ts';
import { createOcrNarrator } from '../../providers/narrators/ocr.ts';
import { llmFixture } from '../../providers/narrators/testing/llm-fixture.ts';
import { chapterInMemory, chapterOf } from './chapter-in-memory.fixture.ts';
import { run, type ScriptgenPorts } from './scriptgen.ts';

const endBucket = await startBucket('lanes');
const { artifactStore } = await import('../../aws/artifact-store.ts');
const { comparedScripts } = await import('../../aws/compared-scripts.ts');
afterAll(() => endBucket());

const pages = 3;
const lines = [
  'Sáng nay con bò già lại sổng chuồng chạy mất.',
  'Ai đã thấy nó đi qua cây cầu gỗ thì nói nhé!',
  'Tôi chỉ thấy dấu chân bên bờ ruộng nhà ông Sáu.',
  'Vậy thì chúng ta đi tìm trước khi trời tối hẳn.',
  'Đừng quên mang theo đèn và một sợi dây thật chắc.',
  'Con bò ấy là tất cả những gì nhà tôi còn lại.',
  'Nghe như có tiếng chuông ở phía sau đống rơm kia.',
  'Khẽ thôi, nó mà giật mình thì lại chạy nữa đấy.',
  'Hoá ra nó nằm ngủ ngon lành từ đêm hôm qua.',
];
/** A page of three panels, with a line in each. */
const analysisOf = (number: number): PageAnalysis => ({
  ...{ number, width: 300, height: 300 },
  panels: [0, 1, 2].map((i) => ({
    ...{ id: `p00${number}-${i + 1}`, x: 0, y: 100 * i, w: 300, h: 100 },
    bubbles: [
      { x: 5, y: 100 * i + 5, w: 90, h: 30, text: lines[3 * (number - 1) + i] ?? '', confidence: 95 },
    ],
  })),
});
/** A picture whose panels differ from each other and from those of other pages. */
const pictureOf = (number: number) => {
  const shapes = Array.from({ length: 18 }, (_, i) => {
    const at = (most: number) => (number * 97 + i * 61 * (i + number)) % most;
    return `<circle cx="${at(300)}" cy="${17 * i}" r="${10 + at(40)}" fill="hsl(${at(360)} 80% ${20 + at(60)}%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="#eed"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
};

/** Writes the script of a chapter on a channel with these videos; returns it with what was found, and the video. */
async function scripted(
  narrator: ScriptgenPorts['narrator'],
  videos: readonly PublishedVideo[],
  over: Partial<ScriptgenPorts> = {},
) {
  const { stored, ports } = chapterInMemory(pages);
  const reasons: string[] = [];
  const chapter = await (over.getChapter ?? ports.getChapter)('');
  const { job_id } = chapter;
  const input = { job_id, continuation_token: null };
  const result = await run(input, {
    ...ports,
    getPage: async (key) => pictureOf(Number(key.slice('page-'.length))),
    reader: { read: async ({ number }) => analysisOf(number) },
    latestVideos: async () => ({ videos: [...videos], unreadable: [] }),
    markScripted: async (_, { doubt_reasons }) => void reasons.push(...doubt_reasons),
    narrator,
    ...over,
  });
  const likeness = stored.get(artifactsOf(job_id).likeness) as Likeness;
  const script = stored.get(artifactsOf(job_id).script) as Script;
  return { result, likeness, script, reasons, stored };
}

/** Returns a script's video as another chapter of the channel. */
const publishedAs = (id: string, script: Script, { pictures }: Likeness): PublishedVideo => ({
  ...appearanceOf(
    { ...chapterOf(pages), chapter_id: `${id}/1`, manga_id: id, manga_title: id },
    script,
    pictures,
  ),
  ...{ job_id: 'job-earlier', url: 'https://youtu.be/1', published_at: '2026-01-01T00:00:00.000Z' },
});

/** Writes the scripts of one story in several series, each in a lane, at the same moment. */
const inLanes = (names: readonly string[], narrator: ScriptgenPorts['narrator'], channel: string) =>
  Promise.all(
    names.map((name) =>
      scripted(narrator, [], {
        getChapter: async () => ({
          ...{ ...chapterOf(pages), job_id: `job-${name}`, chapter_id: `${name}/1` },
          manga_id: name,
        }),
        comparedScripts: () =>
          comparedScripts(artifactStore('lanes'), async () => ({ status: 'scripting' }), channel),
      }),
    ),
  );

describe('with ocr', () => {
  const ocr = createOcrNarrator();

  test('the first video of a channel is like no other', async () => {
    const { likeness, script, reasons } = await scripted(ocr, []);
    expect(likeness).toMatchObject({ videos: 0, resemblances: [], notes: [] });
    expect(likeness.pictures).toHaveLength(6);
    expect(script.thumbnail_panel).toMatch(/^p00\d-\d$/);
    expect(reasons).toEqual([]);
  });

  test('the same chapter again is doubtful, with the video and what is alike', async () => {
    const first = await scripted(ocr, []);
    const { result, likeness, reasons } = await scripted(ocr, [
      publishedAs('khac', first.script, first.likeness),
    ]);
    expect(result.doubtful).toBe(true);
    expect(likeness.resemblances.map(({ aspect }) => aspect)).toEqual(['opening', 'structure', 'pictures']);
    expect(reasons).toEqual([
      expect.stringMatching(/^the story begins like “khac – Chương 1” \(https:\/\/youtu\.be\/1\): 100 %/),
      expect.stringMatching(/^100 % of the sentences are those of “khac/),
      expect.stringMatching(/^100 % of the pictures are those of “khac/),
    ]);
  });

  test('of the same chapter in two lanes at the same moment one is doubtful, and says of which', async () => {
    const both = await inLanes(['first', 'second'], ocr, 'two');
    const held = both.filter(({ result }) => result.doubtful);
    expect(held).toHaveLength(1);
    const other = held[0] === both[0] ? 'second' : 'first';
    expect(held[0]?.reasons).toEqual([
      expect.stringContaining(
        `the story begins like “Mèo Mun – Chương 1” (job-${other}), which is not published yet: 100 %`,
      ),
      expect.stringMatching(/^100 % of the sentences are those of/),
      expect.stringMatching(/^100 % of the pictures are those of/),
    ]);
  });

  test('of the same chapter in four lanes all but one are doubtful', async () => {
    const all = await inLanes(['first', 'second', 'third', 'fourth'], ocr, 'four');
    expect(all.map(({ result }) => result.doubtful).sort()).toEqual([false, true, true, true]);
  });

  test('a thumbnail that an earlier video has is replaced by another panel, with a remark', async () => {
    const first = await scripted(ocr, []);
    const video = publishedAs('khac', first.script, first.likeness);
    const earlier = { ...video, opening: '', sentences: [], pictures: video.pictures.slice(0, 1) };
    const { result, script, stored } = await scripted(ocr, [earlier]);
    expect(result.doubtful).toBe(false);
    expect(script.thumbnail_panel).not.toBe(first.script.thumbnail_panel);
    expect(stored.get('jobs/job-abc123/doubt.json')).toMatchObject({
      remarks: expect.arrayContaining([expect.stringMatching(/^the thumbnail shows another panel .* “khac/)]),
    });
  });

  test('no video is compared if the setting is 0, and records that cannot be read are named', async () => {
    const asked: number[] = [];
    const latestVideos: ScriptgenPorts['latestVideos'] = async (_, most) => {
      asked.push(most);
      return { videos: [], unreadable: ['library-memory/videos/1.json'] };
    };
    const frame = { hook: true, recap: true, nextChapter: false, rate: 0, notice: undefined };
    const tasteOf = async () => ({ frame, tone: undefined, proofreading: true, likenessVideos: 0 });
    const { likeness } = await scripted(ocr, [], { latestVideos, tasteOf });
    expect(asked).toEqual([0]);
    expect(likeness.notes).toEqual([
      "1 records of earlier videos can't be read: library-memory/videos/1.json",
    ]);
  });
});

describe('with a model', () => {
  test('what is too alike is told differently once, and the changes are in the script', async () => {
    const fixture = await llmFixture({}, { presentation: true });
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const first = await scripted(narrator, []);
    const video = publishedAs('khac', first.script, { ...first.likeness, pictures: [] });
    const recorded: number[] = [];
    const { result, script, likeness } = await scripted(narrator, [video], {
      recordNarration: async (_, { tokens_in }) => void recorded.push(tokens_in),
    });
    expect(result.doubtful).toBe(false);
    expect(likeness.first?.map(({ aspect }) => aspect)).toEqual(['opening', 'structure', 'title']);
    expect(likeness.resemblances).toEqual([]);
    expect(script.presentation?.headline).not.toBe(first.script.presentation?.headline);
    const spoken = script.segments.map(({ text }) => text);
    for (const { index, before, after } of script.changes ?? []) {
      expect(spoken[index]).toBe(after);
      expect(spoken).not.toContain(before);
    }
    expect(script.changes?.length).toBeGreaterThan(5);
    expect(likeness.notes).toEqual([
      expect.stringMatching(/told differently, since the video was like “khac/),
    ]);
    // Everything that was asked is on the job.
    expect(recorded.at(-1)).toBe(fixture.fake.tokens.in);
    await fixture.fake.close();
  });

  test('of one story in two lanes at the same moment one is told differently', async () => {
    const fixture = await llmFixture({}, { presentation: true });
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const both = await inLanes(['first', 'second'], narrator, 'told');
    const retold = both.filter(({ likeness }) => likeness.first !== undefined);
    expect(retold).toHaveLength(1);
    expect(retold[0]?.likeness.first?.map(({ aspect }) => aspect)).toContain('structure');
    const left = both.flatMap(({ likeness }) => likeness.resemblances.map(({ aspect }) => aspect));
    // Only the pictures are the same, which no narrator can change.
    expect(left).toEqual(['pictures']);
    await fixture.fake.close();
  });

  test('what is still alike afterwards is doubtful', async () => {
    const fixture = await llmFixture(
      {
        fault: ({ sentences, page, repair }) =>
          sentences.length > 0 || (page === 0 && repair) ? 'empty' : undefined,
      },
      { presentation: true },
    );
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const first = await scripted(narrator, []);
    const video = publishedAs('khac', first.script, { ...first.likeness, pictures: [] });
    const { result, reasons, script } = await scripted(narrator, [video]);
    expect(result.doubtful).toBe(true);
    expect(reasons[0]).toMatch(/^the story begins like “khac.*, also after it was told differently$/);
    expect(script.account?.notes.join()).toContain('sentences stay');
    await fixture.fake.close();
  });

  test('the call ends before telling it differently if the time is short', async () => {
    const fixture = await llmFixture({}, { presentation: true });
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const { result, script } = await scripted(narrator, [], { timeLeft: () => 160_000 });
    expect(result).toMatchObject({ script_generated: false, continuation_token: expect.any(String) });
    expect(script).toBeUndefined();
    await fixture.fake.close();
  });
});
