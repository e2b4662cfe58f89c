import { setTimeout as sleep } from 'node:timers/promises';
import type { NarrationAccount, Script } from '../../domain/script.ts';
import type { StoryNarrator } from '../../providers/narrators/narrator.ts';
import { accountOf } from './account.ts';
import { chapterInMemory, onePanel } from './chapter-in-memory.fixture.ts';
import { run, type ScriptgenPorts } from './scriptgen.ts';

const presentation = { headline: 'Kẻ trộm ô', description: 'Ai?', tags: ['mưa'], thumbnail_panel: 'p001-1' };

/** A narrator that narrates four pages in parallel, the earlier ones slower, and records its memory. */
function fixture(
  pages: number,
  tell: (page: number) => Promise<void> = () => sleep(10),
  timeLeft = () => 900_000,
) {
  const { stored, ports: memory } = chapterInMemory(pages);
  const events: string[] = [];
  const recorded: NarrationAccount[] = [];
  const load = { reading: 0, mostReading: 0, telling: 0, mostTelling: 0 };
  const narrator: StoryNarrator = {
    name: 'story',
    pagesAtOnce: 4,
    tailMs: 1000,
    proofreadMs: 0,
    retellMs: 0,
    beginChapter: async () => ({
      proofread: async () => ({
        ...{ corrections: new Map(), hook: undefined, findings: [], unread: 0, account: accountOf([]) },
      }),
      retell: async () => ({ texts: new Map(), presentation: undefined, account: accountOf([]) }),
      recall: ({ number }) => void events.push(`recall ${number}`),
      finish: async () => {
        events.push('finish');
        return {
          characters: [],
          before: { number: null, events: ['Hôm qua trời mưa.'] },
          presentation,
          account: { tokens_in: 50, tokens_out: 5, cost_usd: 0.05, notes: [] },
        };
      },
      narratePage: async ({ analysis: { number, panels } }) => {
        events.push(`tell ${number}`);
        load.mostTelling = Math.max(load.mostTelling, ++load.telling);
        await tell(number).finally(() => load.telling--);
        const segment = { kind: 'speech' as const, text: `Trang ${number}.`, page: number, pause_after: 0.5 };
        return {
          segments: [{ ...segment, panels: panels.map(({ id }) => id) }],
          facts: { characters: [], places: [], events: [`Sự việc ${number}.`] },
          account: {
            tokens_in: 100,
            tokens_out: 10,
            cost_usd: 0.1,
            notes: number === 2 ? ['page 2: hm'] : [],
          },
        };
      },
    }),
  };
  const ports: ScriptgenPorts = {
    ...memory,
    reader: {
      read: async ({ number }) => {
        load.mostReading = Math.max(load.mostReading, ++load.reading);
        await sleep(1);
        load.reading -= 1;
        return onePanel(number);
      },
    },
    narrator,
    recordNarration: async (_, account) => void recorded.push(account),
    timeLeft,
  };
  const scriptgen = (continuation_token: string | null = null) =>
    run({ job_id: 'job-abc123', continuation_token }, ports);
  return { stored, events, recorded, load, scriptgen };
}

test('narrates four pages in parallel, reads one at a time, and keeps the script in order', async () => {
  const four = Promise.withResolvers<void>();
  // The first four end together, however slow the machine is; of the others, the later ones end first.
  const { scriptgen, load, stored, recorded, events } = fixture(9, (page) => {
    if (load.telling === 4) four.resolve();
    return page <= 4 ? four.promise : sleep(page % 2 ? 25 : 5);
  });
  expect(await scriptgen()).toMatchObject({ script_generated: true, segment_count: 11 });
  expect(load).toMatchObject({ mostReading: 1, mostTelling: 4 });
  const script = stored.get('jobs/job-abc123/script.json') as Script;
  expect(script.segments.map(({ text }) => text)).toEqual([
    `${presentation.headline}.`,
    'Ở chương trước: Hôm qua trời mưa.',
    ...Array.from({ length: 9 }, (_, i) => `Trang ${i + 1}.`),
  ]);
  expect(script.segments.map(({ index }) => index)).toEqual(Array.from({ length: 11 }, (_, i) => i));
  const account = { tokens_in: 950, tokens_out: 95, cost_usd: 0.95, notes: ['page 2: hm'] };
  expect(script.account).toEqual(account);
  expect(script.presentation).toEqual(presentation);
  expect(recorded.at(-1)).toEqual(account);
  expect(events.at(-1)).toBe('finish');
});

test('waits for pages in progress when a call ends early; the next call recalls them in order', async () => {
  // In each call the time is up after this many pages were started.
  let begunBefore = 0;
  const begun = () => events.filter((event) => event.startsWith('tell')).length;
  const { scriptgen, events, recorded } = fixture(
    11,
    () => sleep(10),
    () => (begun() - begunBefore >= 5 ? 15_900 : 900_000),
  );
  let answer = await scriptgen();
  expect(answer.continuation_token).toBe('5');
  expect(recorded.at(-1)?.tokens_in).toBe(500);
  begunBefore = 5;
  answer = await scriptgen('5');
  expect(events.slice(5, 10)).toEqual([1, 2, 3, 4, 5].map((n) => `recall ${n}`));
  expect(answer.continuation_token).toBe('10');
  begunBefore = 10;
  answer = await scriptgen('10');
  expect(answer).toMatchObject({ script_generated: true, segment_count: 13 });
  expect(events.filter((event) => event.startsWith('tell'))).toHaveLength(11);
  expect(recorded.at(-1)).toMatchObject({ tokens_in: 1150 });
});

test('leaves a page that could not start in time to the next call', async () => {
  let time = 900_000;
  const started = new Map<number, PromiseWithResolvers<void>>();
  const round = (page: number) => {
    const begun = started.get(Math.ceil(page / 4)) ?? Promise.withResolvers<void>();
    started.set(Math.ceil(page / 4), begun);
    return begun;
  };
  // The time is up once four pages are being narrated, however slow the machine is.
  const { scriptgen, events, load } = fixture(
    9,
    async (page) => {
      if (load.telling === 4 || page === 9) {
        time = 15_900;
        round(page).resolve();
      }
      await round(page).promise;
    },
    () => time,
  );
  expect(await scriptgen()).toMatchObject({ script_generated: false, continuation_token: '4' });
  expect(events).toEqual([1, 2, 3, 4].map((n) => `tell ${n}`));
  time = 900_000;
  expect(await scriptgen('4')).toMatchObject({ continuation_token: '8' });
  time = 0;
  expect(await scriptgen('8')).toMatchObject({ script_generated: true });
});

test('fails the step with the page; keeps the other pages and records their cost', async () => {
  const fail = async (page: number) => {
    await sleep(page === 2 ? 1 : 20);
    if (page === 2) throw new Error('no');
  };
  const { scriptgen, stored, recorded } = fixture(9, fail);
  await expect(scriptgen()).rejects.toThrow('no');
  const drafts = [...stored.keys()].filter((key) => key.includes('/script/'));
  expect(drafts.length).toBeGreaterThan(0);
  expect(drafts.length).toBeLessThan(5);
  expect(recorded).toMatchObject([{ tokens_in: 100 * drafts.length }]);
});
