import type { Doubt } from '../../domain/doubt.ts';
import type { Proofreading } from '../../domain/proofreading.ts';
import type { NarrationAccount, Script } from '../../domain/script.ts';
import { corrected } from '../../fakes/llm/replies.ts';
import type { FakeLlmOptions } from '../../fakes/llm/server.ts';
import { createLlmNarrator } from '../../providers/narrators/llm/llm-narrator.ts';
import { createOcrNarrator } from '../../providers/narrators/ocr.ts';
import {
  analysisOf,
  type LlmFixture,
  llmFixture,
  picture,
} from '../../providers/narrators/testing/llm-fixture.ts';
import { chapterInMemory } from './chapter-in-memory.fixture.ts';
import { run, type ScriptgenPorts, type ScriptResult } from './scriptgen.ts';

const fixtures: LlmFixture[] = [];
afterEach(() => Promise.all(fixtures.splice(0).map(({ fake }) => fake.close())));

const input = { job_id: 'job-abc123', continuation_token: null };

/** Writes the script of a chapter of three pages. */
async function scripted(narrator: ScriptgenPorts['narrator'], over: Partial<ScriptgenPorts> = {}) {
  const { stored, ports: memory } = chapterInMemory(3);
  const results: ScriptResult[] = [];
  const accounts: NarrationAccount[] = [];
  const ports: ScriptgenPorts = {
    ...memory,
    getPage: async () => picture,
    reader: { read: async ({ number }) => analysisOf(number) },
    markScripted: async (_, result) => void results.push(result),
    recordNarration: async (_, account) => void accounts.push(account),
    narrator,
    ...over,
  };
  const result = await run(input, ports);
  return {
    ...{ stored, ports, result, results, accounts },
    script: stored.get('jobs/job-abc123/script.json') as Script,
    proofreading: stored.get('jobs/job-abc123/proofreading.json') as Proofreading,
    doubt: stored.get('jobs/job-abc123/doubt.json') as Doubt,
  };
}

async function withModel(options: FakeLlmOptions = {}) {
  const fixture = await llmFixture(options, { presentation: true, attempts: 2 });
  fixtures.push(fixture);
  return { ...fixture, narrator: await createLlmNarrator(fixture.settings, fixture.ports) };
}

/** A correction that passes the checks, of the first sentence. */
const proofread: FakeLlmOptions['proofread'] = (seen) => corrected(seen, (loi) => `${loi.slice(0, -1)} đấy.`);

test('corrected sentences are spoken, and the script has each before and after with the reason', async () => {
  const { narrator, fake } = await withModel({ proofread });
  const { script, proofreading, results, accounts, doubt } = await scripted(narrator);
  expect(script.changes).toEqual([
    {
      index: expect.any(Number),
      before: expect.any(String),
      after: expect.stringMatching(/ đấy\.$/),
      why: 'a listener would not understand it (“Câu này khó hiểu.”)',
    },
  ]);
  const [change] = script.changes ?? [];
  expect(script.segments[change?.index ?? -1]?.text).toBe(change?.after);
  expect(proofreading).toMatchObject({ model: { unread: 0 }, changed: 1 });
  expect(proofreading.model?.read).toBeGreaterThan(3);
  const line = '1 sentences were changed when the script was proofread';
  expect(results[0]?.script_notes[0]).toBe(line);
  expect(results[0]?.doubt_reasons).toEqual([]);
  expect(doubt.remarks).toContain(line);
  // It is paid for by the job like the pages.
  expect(accounts.at(-1)?.tokens_in).toBe(fake.tokens.in);
  expect(script.account?.tokens_in).toBe(fake.tokens.in);
});

test('a step that dies before the script is stored asks and pays nothing again', async () => {
  const { narrator, fake } = await withModel({ proofread });
  const { stored, ports, script } = await scripted(narrator);
  const asked = fake.requests.length;
  for (const artifact of ['script', 'proofreading', 'likeness', 'doubt'])
    stored.delete(`jobs/job-abc123/${artifact}.json`);
  await run(input, ports);
  expect(fake.requests).toHaveLength(asked);
  expect(stored.get('jobs/job-abc123/script.json')).toEqual(script);
});

test('what is told differently afterwards keeps its first text and both reasons', async () => {
  const { narrator } = await withModel({ proofread });
  const first = await scripted(narrator);
  const { appearanceOf } = await import('../../domain/likeness/appearance.ts');
  const chapter = { ...(await first.ports.getChapter('')), chapter_id: 'khac/1', manga_id: 'khac' };
  const video = {
    ...appearanceOf(chapter, first.script, []),
    ...{ job_id: 'job-earlier', url: 'https://youtu.be/1', published_at: '2026-01-01T00:00:00.000Z' },
  };
  const { script } = await scripted(narrator, {
    latestVideos: async () => ({ videos: [video], unreadable: [] }),
  });
  const index = first.script.changes?.[0]?.index;
  expect(script.changes?.find((change) => change.index === index)).toEqual({
    ...{ index, before: first.script.changes?.[0]?.before, after: script.segments[index ?? -1]?.text },
    why: 'a listener would not understand it (“Câu này khó hiểu.”), and it was too much like another video',
  });
});

test('a better hook begins the video and is its title', async () => {
  const hook = 'Ai đã lấy mất chiếc ô đỏ?';
  const { narrator } = await withModel({ proofread: () => ({ sua: [], mo_dau: hook, nhan_xet: [] }) });
  const { script, proofreading } = await scripted(narrator);
  expect(script.segments[0]).toMatchObject({ text: hook, kind: 'description' });
  expect(script.presentation?.headline).toBe(hook);
  expect(proofreading.notes).toEqual([expect.stringContaining(`became “${hook}”`)]);
});

test('a hook that a voice says too slowly is left out, and reported', async () => {
  const hook = 'Đêm 31/12/1999, ai đã lấy mất chiếc ô đỏ?';
  const { narrator } = await withModel({ proofread: () => ({ sua: [], mo_dau: hook, nhan_xet: [] }) });
  const frame = { hook: true, recap: true, nextChapter: false, rate: -50, notice: undefined };
  const { script, proofreading } = await scripted(narrator, {
    tasteOf: async () => ({ frame, tone: undefined, proofreading: true, likenessVideos: 30 }),
  });
  expect(script.segments[0]?.kind).toBe('opening');
  expect(proofreading.findings).toContainEqual(
    expect.objectContaining({ fault: 'hook', text: expect.stringContaining('a hook at most 10') }),
  );
});

test('without a reply of the model the rules still read, and the job says what was not read', async () => {
  const { narrator } = await withModel({
    fault: ({ proofs }) => (proofs.length > 0 ? { status: 503 } : undefined),
  });
  const { script, proofreading, results } = await scripted(narrator);
  expect(script.changes).toBeUndefined();
  const { read, unread } = proofreading.model ?? { read: -1, unread: -1 };
  expect([read, unread]).toEqual([0, script.segments.filter(({ mood }) => mood).length]);
  expect(results[0]?.script_notes[0]).toBe(`the model did not proofread ${unread} of ${unread} sentences`);
  // The fake model lets Lan call herself otherwise than it says in its own memory.
  expect(proofreading.findings).toMatchObject([{ fault: 'address', found_by: 'rules' }]);
  expect(script.account?.notes.join()).toContain('proofreading: ');
});

test('the setting turns the model off, not the rules', async () => {
  const { narrator, fake } = await withModel({ proofread });
  const frame = { hook: true, recap: true, nextChapter: false, rate: 0, notice: undefined };
  const { proofreading } = await scripted(narrator, {
    tasteOf: async () => ({ frame, tone: undefined, proofreading: false, likenessVideos: 30 }),
  });
  expect(proofreading).toMatchObject({ model: null, changed: 0 });
  expect(fake.requests.filter(({ proofs }) => proofs.length > 0)).toEqual([]);
});

test('with ocr the rules read, and a page that is stored twice holds the chapter', async () => {
  const lines = [
    'Chiếc ô đỏ lại biến mất rồi.',
    'Tuần này đã ba lần rồi đấy.',
    'Bà thấy nó bay qua mái nhà.',
  ];
  const { result, proofreading, results } = await scripted(createOcrNarrator(), {
    reader: { read: async ({ number }) => analysisOf(number, number < 3 ? lines : ['Hết rồi!', 'Ừ.']) },
  });
  expect(result.doubtful).toBe(true);
  expect(proofreading).toMatchObject({ model: null, findings: [{ fault: 'repetition', sure: true }] });
  expect(results[0]?.doubt_reasons).toEqual([
    'pages 1–2 tell the same 3 sentences: one page can be in the chapter twice',
  ]);
});

test('the call ends before the script is read over if the time is short', async () => {
  const { narrator, fake } = await withModel();
  let left = 900_000;
  const { result } = await scripted(narrator, {
    reportProgress: async (_, { done, total }) => {
      if (done === total) left = 400_000;
    },
    timeLeft: () => left,
  });
  expect(result).toMatchObject({ script_generated: false, continuation_token: '3' });
  expect(fake.requests.filter(({ proofs }) => proofs.length > 0)).toEqual([]);
});
