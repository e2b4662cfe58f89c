import type { Chapter } from '../../domain/chapter.ts';
import { asOne } from '../../domain/chapter-parts.ts';
import type { Script } from '../../domain/script.ts';
import { createNarrator } from '../../providers/narrators/index.ts';
import { chapterInMemory, chapterOf, onePanel } from './chapter-in-memory.fixture.ts';
import { run, type ScriptgenPorts } from './scriptgen.ts';

/** A reader that finds one panel on each page, and a narrator that says one sentence about it. */
function fixture(pages: number, timeLeft = () => 900_000) {
  const { stored, ports: memory } = chapterInMemory(pages);
  const read: number[] = [];
  const scripted: number[] = [];
  const reasons: string[][] = [];
  const ports: ScriptgenPorts = {
    ...memory,
    reader: {
      read: async ({ number }) => {
        read.push(number);
        return onePanel(number);
      },
    },
    narrator: {
      name: 'fake',
      narratePage: async ({ analysis: { number, panels } }) => [
        {
          kind: 'speech',
          text: `Trang ${number}.`,
          page: number,
          panels: panels.map(({ id }) => id),
          pause_after: 0.5,
        },
      ],
    },
    markScripted: async (_, { segment_count, doubt_reasons }) => {
      scripted.push(segment_count);
      reasons.push(doubt_reasons);
    },
    timeLeft,
  };
  return { stored, read, scripted, reasons, ports };
}

test('writes panels and a script with segments numbered in reading order', async () => {
  const { ports, stored, scripted } = fixture(3);
  expect(await run({ job_id: 'job-abc123' }, ports)).toEqual({
    job_id: 'job-abc123',
    script_generated: true,
    doubtful: false,
    segment_count: 3,
    continuation_token: null,
  });
  const script = stored.get('jobs/job-abc123/script.json') as Script;
  expect(script.segments.map(({ index, text, panels }) => [index, text, panels])).toEqual([
    [0, 'Trang 1.', ['p001-1']],
    [1, 'Trang 2.', ['p002-1']],
    [2, 'Trang 3.', ['p003-1']],
  ]);
  expect(stored.get('jobs/job-abc123/panels.json')).toMatchObject({
    pages: [{ number: 1 }, { number: 2 }, { number: 3 }],
  });
  expect(scripted).toEqual([3]);
});

test('returns a token when time is short, and never reads a page twice', async () => {
  const { ports, read } = fixture(3, () => 1);
  let token: string | null = null;
  let calls = 0;
  do {
    const answer = await run({ job_id: 'job-abc123', continuation_token: token }, ports);
    token = answer.continuation_token;
    calls += 1;
    expect(answer.script_generated).toBe(token === null);
  } while (token !== null);
  expect(calls).toBe(3);
  expect(read).toEqual([1, 2, 3]);
});

test('returns the existing script for a repeated call', async () => {
  const { ports, read } = fixture(2);
  const first = await run({ job_id: 'job-abc123' }, ports);
  expect(await run({ job_id: 'job-abc123' }, ports)).toEqual(first);
  expect(read).toEqual([1, 2]);
});

describe('the verdict', () => {
  const chapterWithout = async () => ({ ...chapterOf(2), source_pages: 3 });

  test('is stored with its reasons, and returned', async () => {
    const { ports, stored, reasons } = fixture(2);
    const answer = await run({ job_id: 'job-abc123' }, { ...ports, getChapter: chapterWithout });
    expect(answer).toMatchObject({ script_generated: true, doubtful: true });
    expect(stored.get('jobs/job-abc123/doubt.json')).toMatchObject({
      verdict: 'doubtful',
      reasons: [expect.objectContaining({ kind: 'missing_pages' })],
    });
    expect(reasons).toEqual([[expect.stringContaining('2 of the source')]]);
  });

  test('is added when an earlier call died between the script and the verdict', async () => {
    const { ports, stored } = fixture(2);
    await run({ job_id: 'job-abc123' }, ports);
    stored.delete('jobs/job-abc123/doubt.json');
    const answer = await run({ job_id: 'job-abc123' }, { ...ports, getChapter: chapterWithout });
    expect(answer).toMatchObject({ doubtful: true });
    expect(stored.has('jobs/job-abc123/doubt.json')).toBe(true);
  });

  test('has what the settings of the series name and does not exist as remarks, and the job has it as notes', async () => {
    const { ports, stored } = fixture(1);
    const note = 'no character of the series so far is called “Hoàng Tửu”';
    const noted: string[][] = [];
    const withNote: ScriptgenPorts = {
      ...ports,
      notesOfSeries: async () => [note],
      markScripted: async (_, { series_notes }) => void noted.push(series_notes),
    };
    expect(await run({ job_id: 'job-abc123' }, withNote)).toMatchObject({ doubtful: false });
    expect(stored.get('jobs/job-abc123/doubt.json')).toMatchObject({
      verdict: 'sure',
      remarks: expect.arrayContaining([note]),
    });
    await run({ job_id: 'job-abc123' }, withNote);
    expect(noted).toEqual([[note], [note]]);
  });

  test('is decided once, whatever a person changes later', async () => {
    const { ports, stored } = fixture(2);
    const doubtful = { ...ports, getChapter: chapterWithout };
    await run({ job_id: 'job-abc123' }, doubtful);
    const verdict = stored.get('jobs/job-abc123/doubt.json');
    const script = stored.get('jobs/job-abc123/script.json') as Script;
    stored.set('jobs/job-abc123/script.json', {
      ...script,
      segments: script.segments.map((one) => ({ ...one, panels: ['p009-9'] })),
    });
    await run({ job_id: 'job-abc123' }, ports);
    expect(stored.get('jobs/job-abc123/doubt.json')).toEqual(verdict);
  });
});

test('fails a chapter without any narration by name', async () => {
  const { ports } = fixture(1);
  const silent = { ...ports, narrator: { name: 'silent', narratePage: async () => [] } };
  await expect(run({ job_id: 'job-abc123' }, silent)).rejects.toMatchObject({ name: 'NarrationFailed' });
});

test('reads each of two chapters in its own language, announces the second, and ends once', async () => {
  const { ports, stored } = fixture(4);
  const languages: unknown[] = [];
  const part = (number: string, first_page: number, language: string, name: string) => ({
    ...{ chapter_id: `a/${number}`, manga_id: 'a', manga_title: 'Ngõ Mây', number, title: `Hồi ${number}` },
    ...{ summary: null, language, reading_direction: 'rtl' as const, licence: null, first_page },
    ...{ credits: [{ role: 'Tranh', name }], source: { name: 'library', url: null } },
  });
  const chapter = {
    ...chapterOf(4),
    ...asOne([part('1', 1, 'vi', 'An'), part('2', 3, 'ja', 'Bình')]),
  } as Chapter;
  await run(
    { job_id: 'job-abc123' },
    {
      ...ports,
      getChapter: async () => chapter,
      narrator: await createNarrator('ocr'),
      reader: {
        ...ports.reader,
        read: (page) => {
          languages.push(page.language);
          return ports.reader.read(page);
        },
      },
    },
  );
  expect(languages).toEqual(['vi', 'vi', 'ja', 'ja']);
  const { segments } = stored.get('jobs/job-abc123/script.json') as Script;
  expect(segments.filter(({ kind }) => kind !== 'description').map(({ page, text }) => [page, text])).toEqual(
    [
      [1, 'Chào mừng các bạn đến với Ngõ Mây, chương 1: Hồi 1.'],
      [3, 'Chương 2: Hồi 2.'],
      [4, expect.stringMatching(/^Chương 1–2 của Ngõ Mây đến đây là hết\. Tranh: An\. Tranh: Bình\. /)],
    ],
  );
});
