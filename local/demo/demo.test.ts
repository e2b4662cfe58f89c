import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { zipSync } from 'fflate';
import type { HistoryEvent } from 'step-functions-local';
import type { Job } from '../../domain/job.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import type { PipelineRecords } from '../records.ts';
import { sampleChapter, writeSample } from '../sample.ts';
import { chapterIdIn, chaptersAt, languageNotice } from './chapter.ts';
import type { PipelineExecutions } from './executions.ts';
import { outcomeText } from './outcome.ts';
import { progressDisplay } from './progress.ts';
import { jobRecord, stateRuns, stateTable } from './summary.ts';
import { takeOver } from './takeover.ts';

describe('the chapter', () => {
  const chapterIdAt = async (path: string) => chapterIdIn(await chaptersAt(path), path);

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Only the end of a directory: a complete archive, while a file without it is still being copied. */
  const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
  const write = (path: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), emptyZip);
    return join(folder, path);
  };

  test('is named after its file or folder', async () => {
    expect(await chapterIdAt(write('ep 06.vi.cbz'))).toBe('ep 06.vi');
    write('pages/1.png');
    expect(await chapterIdAt(join(folder, 'pages'))).toBe('pages');
  });

  test('in another language says at once what will happen', async () => {
    const archive = (info: string) => {
      const pages = {
        '1.png': readFileSync(join(sampleChapter, '001.png')),
        'ComicInfo.xml': Buffer.from(info),
      };
      writeFileSync(join(folder, 'a.cbz'), zipSync(pages));
      return chaptersAt(join(folder, 'a.cbz'));
    };
    const notice = async (
      language: string,
      narrator: 'ocr' | 'llm' = 'ocr',
      onDoubt: 'hold' | 'publish' = 'hold',
    ) =>
      languageNotice(await archive(`<ComicInfo><LanguageISO>${language}</LanguageISO></ComicInfo>`), 'a', {
        narrator,
        onDoubt,
      });
    expect(await notice('ja')).toMatch(/lettering is Japanese, .* it will be held for you/);
    expect(await notice('ja', 'ocr', 'publish')).toMatch(/published anyway/);
    expect(await notice('vi')).toBeUndefined();
    expect(await notice('')).toMatch(/does not name a language/);
    expect(await notice('ja', 'llm')).toBeUndefined();
  });

  test('that is the sample can be written as a CBZ, which is that chapter', async () => {
    const file = await writeSample(folder);
    const source = await chaptersAt(file);
    const metadata = await source.withChapter(await chapterIdIn(source, file), async (chapter) => [
      chapter.metadata.title,
      chapter.pageCount,
    ]);
    expect(metadata).toEqual(['Kẻ trộm ô', 7]);
    expect(await writeSample(folder)).toBe(file);
  });

  test('must exist and be the only one', async () => {
    await expect(chapterIdAt(join(folder, 'none.cbz'))).rejects.toThrow(/none\.cbz does not exist$/);
    await expect(chapterIdAt(folder)).rejects.toThrow(/is not a chapter/);
    // One line that says what to do, and nothing of the reader's log.
    await expect(chapterIdAt(write('a.pdf'))).rejects.toThrow(
      /a\.pdf is not a chapter: .*; docs\/adr\/0023-no-pdf\.md/,
    );
    write('a.cbz');
    write('b.cbz');
    await expect(chapterIdAt(folder)).rejects.toThrow(/contains 2 chapters; choose one, such as a$/);
  });
});

describe('the state of an earlier run', () => {
  const claim: LedgerEntry = {
    chapter_id: 'ch',
    status: 'claimed',
    job_id: 'job-old',
    youtube_url: 'file:///v',
  };
  const oldJob = { job_id: 'job-old', chapter_id: 'ch' } as Job;

  /** Fakes the operator's view. Returns the actions and the messages. */
  async function foundAfter(
    left: { claim?: Partial<LedgerEntry>; runningJob?: Job | null; isAnother?: boolean },
    again = false,
  ) {
    const done: string[] = [];
    const { runningJob, isAnother = false } = left;
    const executions = {
      running: async () => (runningJob === undefined ? [] : [{ executionArn: 'arn:old', status: 'RUNNING' }]),
      jobOf: async () => runningJob?.job_id,
      start: async () => 'arn:new',
      stop: async (arn: string) => void done.push(`stop ${arn}`),
    } as unknown as PipelineExecutions;
    const records = {
      claimOf: async () => left.claim && { ...claim, ...left.claim },
      job: async () => runningJob ?? undefined,
      release: async (id: string) => void done.push(`release ${id}`),
      abandon: async (id: string) => void done.push(`abandon ${id}`),
    } as unknown as PipelineRecords;
    const say = () => {};
    const taken = await takeOver({ chapterId: 'ch', again, isAnother, executions, records, say });
    return { taken, done };
  }

  const fresh = { kind: 'run', executionArn: 'arn:new', isContinued: false };

  test('is empty: starts fresh', async () => {
    expect(await foundAfter({})).toEqual({ taken: fresh, done: [] });
  });

  test('has a published chapter: keeps it unless it is to be published again', async () => {
    const published = { claim: { status: 'published' as const } };
    expect(await foundAfter(published)).toEqual({
      taken: { kind: 'published', url: 'file:///v' },
      done: [],
    });
    expect(await foundAfter(published, true)).toEqual({ taken: fresh, done: ['release ch'] });
  });

  test('has another file of this name: that one is neither continued nor taken for published', async () => {
    expect(await foundAfter({ isAnother: true, claim: { status: 'published' } })).toEqual({
      taken: fresh,
      done: ['release ch'],
    });
    const { taken, done } = await foundAfter({ isAnother: true, runningJob: oldJob, claim: {} });
    expect(taken).toEqual(fresh);
    expect(done.slice(0, 3)).toEqual(['stop arn:old', 'abandon job-old', 'release ch']);
  });

  test('has a failed or abandoned claim: releases it', async () => {
    expect(await foundAfter({ claim: { status: 'failed' } })).toEqual({ taken: fresh, done: ['release ch'] });
    expect(await foundAfter({ claim: {} })).toEqual({
      taken: fresh,
      done: ['abandon job-old', 'release ch'],
    });
  });

  test('has an execution of this chapter, or of none yet: continues it', async () => {
    const goesOn = { taken: { kind: 'run', executionArn: 'arn:old', isContinued: true }, done: [] };
    expect(await foundAfter({ runningJob: oldJob, claim: {} })).toEqual(goesOn);
    expect(await foundAfter({ runningJob: null })).toEqual(goesOn);
  });

  test('has an execution of another chapter: stops it and releases its chapter', async () => {
    const { taken, done } = await foundAfter({ runningJob: { ...oldJob, chapter_id: 'other' }, claim: {} });
    expect(taken).toEqual(fresh);
    expect(done.slice(0, 3)).toEqual(['stop arn:old', 'abandon job-old', 'release other']);
  });
});

describe('the progress', () => {
  function displayed(isTTY: boolean) {
    const chunks: string[] = [];
    const screen = { isTTY, columns: 40, write: (more: string) => void chunks.push(more) };
    const display = progressDisplay(screen, 0, () => 1500);
    const at = (done: number) => display.update('GenerateTTS', { step: 'GenerateTTS', done, total: 100 });
    return { display, at, text: () => chunks.join('') };
  }

  test('prints a line every ten percent to a pipe', () => {
    const { at, text } = displayed(false);
    for (const done of [0, 4, 4, 11, 19, 100]) at(done);
    expect(text()).toBe(
      '   1.5s  GenerateTTS  0 %\n   1.5s  GenerateTTS  10 %\n   1.5s  GenerateTTS  100 %\n',
    );
  });

  test('updates one line on a terminal and ends it with a line break', () => {
    const { at, display, text } = displayed(true);
    at(4);
    at(4);
    at(5);
    display.end();
    at(6);
    expect(stripVTControlCharacters(text())).toBe('\r   1.5s  GenerateTTS  4 %\r   1.5s  GenerateTTS  5 %\n');
  });

  test('shows on a terminal the time left, of the step or from its pace', () => {
    let now = 0;
    const chunks: string[] = [];
    const screen = { isTTY: true, columns: 80, write: (more: string) => void chunks.push(more) };
    const display = progressDisplay(screen, 0, () => now);
    const at = (done: number, left?: number) =>
      display.update('GenerateTTS', {
        step: 'GenerateTTS',
        done,
        total: 100,
        ...(left !== undefined && { seconds_left: left }),
      });
    at(0);
    now = 10_000;
    at(20);
    at(50, 90);
    expect(chunks.map((chunk) => stripVTControlCharacters(chunk).trim())).toEqual([
      '0.0s  GenerateTTS  0 %',
      '10.0s  GenerateTTS  20 %, 40 s left',
      '10.0s  GenerateTTS  50 %, 1:30 left',
    ]);
  });

  test('is only shown for its own step', () => {
    const { display, text } = displayed(false);
    display.update('StartRenderer', { step: 'GenerateTTS', done: 1, total: 2 });
    expect(text()).toBe('   1.5s  StartRenderer\n');
  });
});

describe('the summary', () => {
  const event = (timestamp: number, type: string, name?: string): HistoryEvent => {
    const field = type.endsWith('Entered') ? 'stateEnteredEventDetails' : 'stateExitedEventDetails';
    return { id: 0, previousEventId: 0, timestamp, type, ...(name && { [field]: { name } }) };
  };
  const events = [
    event(0, 'ExecutionStarted'),
    event(1, 'TaskStateEntered', 'Render'),
    event(1, 'TaskScheduled'),
    event(2, 'TaskFailed'),
    event(3, 'TaskScheduled'),
    event(5.5, 'TaskStateExited', 'Render'),
    event(6, 'SucceedStateEntered', 'Done'),
    event(6, 'SucceedStateExited', 'Done'),
    event(9, 'ExecutionSucceeded'),
  ];

  test('shows the time and the retries of each state', () => {
    expect(stateRuns(events)).toEqual([
      { name: 'Render', seconds: 4.5, retries: 1 },
      { name: 'Done', seconds: 0, retries: 0 },
    ]);
    expect(stateTable(stateRuns(events))).toBe(
      [
        '  State     seconds',
        '  Render       4.50  (retried 1 ×)',
        '  Done         0.00',
        '  all          4.50',
      ].join('\n'),
    );
  });

  test('ends with four lines about the video, in which a title controls no terminal', () => {
    const job = {
      ...{ job_id: 'job-abc', status: 'published', updated_at: 'now', manga_title: 'Mun\x1b[2J' },
      ...{ page_count: 7, segment_count: 24, video_seconds: 100, youtube_url: 'file:///v.mp4' },
    } as Job;
    const whole = { seconds: 41, isContinued: false };
    expect(outcomeText(job, whole, 'out').split('\n')).toEqual([
      'published: Mun\\u001b[2J, to a folder of this machine',
      'made of: 7 pages, 24 spoken parts; 1:40 long, made in 41 s',
      `beside it: captions, thumbnail and metadata.json in ${join('out', 'job-abc')}`,
      expect.stringContaining('VERBOSE=1'),
    ]);
    expect(outcomeText({ ...job, youtube_url: 'https://youtu.be/x' }, whole, 'out')).toContain(
      'to https://youtu.be/x',
    );
  });

  test('does not report the time of the last run as that of a video which an earlier run began', () => {
    const job = { job_id: 'job-abc', status: 'published', updated_at: 'now', video_seconds: 100 } as Job;
    expect(outcomeText(job, { seconds: 28, isContinued: true }, 'out')).toContain(
      '1:40 long, finished by this run in 28 s',
    );
  });

  test('does not show the task token', () => {
    const job = { job_id: 'job-abc', status: 'published', updated_at: 'now', task_token: 'secret' } as Job;
    expect(jobRecord(job)).not.toContain('secret');
    expect(JSON.parse(jobRecord(job))).toMatchObject({ job_id: 'job-abc' });
    expect(jobRecord({ ...job, youtube_url: 'file:///v.mp4' })).toContain('"video_url": "file:///v.mp4"');
    expect(jobRecord({ ...job, youtube_url: 'https://youtu.be/x' })).toContain('"youtube_url": "https');
  });
});
