import { ChannelRefused } from '../../domain/errors.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import { takedownOf } from '../../providers/chapters/mangadex/takedown.ts';
import { takeDown } from './takedown.ts';

const title = '11111111-1111-4111-8111-111111111111';
const noMangaDex = async () => Promise.reject(new Error('MangaDex was asked'));

/** A ledger and published videos that persist between runs. */
function fixture(entries: LedgerEntry[]) {
  const ledger = new Map(entries.map((entry) => [entry.chapter_id, entry]));
  const online = new Set(entries.flatMap(({ youtube_url }) => youtube_url ?? []));
  const refused = new Set<string>();
  const stored = new Set<string>();
  const done: string[] = [];
  const said: string[] = [];
  let blocklist: unknown;
  const run = (more: unknown, act = true) =>
    takeDown(more, act, {
      readBlocklist: async () => blocklist,
      writeBlocklist: async (list) => {
        done.push('list');
        blocklist = list;
      },
      takedownOf: (list) => takedownOf(list, [title], { chapter: noMangaDex, feed: noMangaDex }),
      async *chapters() {
        yield* ledger.values();
      },
      block: async (entry, _, taken_down) => {
        done.push(`block ${entry.chapter_id}`);
        ledger.set(entry.chapter_id, { ...entry, status: 'blocked', taken_down: [...taken_down] });
        return true;
      },
      unpublish: async (url, channel) => {
        if (refused.has(channel)) throw new ChannelRefused('consent again');
        done.push(`down ${url}`);
        return online.delete(url);
      },
      forget: async (isGone, forReal) => {
        const kept = [...stored].filter(isGone);
        if (forReal) for (const id of kept) done.push(`forget ${id}`) && stored.delete(id);
        return { objects: kept.length, records: 0, notes: 0, busy: [], unreadable: [] };
      },
      say: (line) => said.push(line),
    });
  return { run, done, said, ledger, online, refused, stored, blocklist: () => blocklist };
}
const entry = (chapter_id: string, status: LedgerEntry['status'], youtube_url?: string): LedgerEntry => ({
  ...{ chapter_id, status, job_id: 'job-abc123' },
  ...(youtube_url && { youtube_url }),
});

test('updates the list, then the videos, then the ledger; other chapters stay', async () => {
  const { run, done, ledger, online, blocklist } = fixture([
    entry('a/1', 'published', 'https://v/1'),
    entry('a/2', 'claimed'),
    entry('b/1', 'published', 'https://v/2'),
  ]);
  await run({ library: ['a'] });
  expect(done).toEqual(['list', 'down https://v/1', 'block a/1', 'block a/2']);
  expect(blocklist()).toEqual({ titles: [], groups: [], chapters: [], library: ['a'] });
  expect([...online]).toEqual(['https://v/2']);
  expect(ledger.get('b/1')?.status).toBe('published');
});

test('without YES it only reports what it would do', async () => {
  const { run, done, said, blocklist } = fixture([entry('a/1', 'published', 'https://v/1')]);
  await run({ library: ['a'] }, false);
  expect(done).toEqual([]);
  expect(blocklist()).toBeUndefined();
  expect(said).toContain('a/1: its path in the library is blocked; published at https://v/1');
  expect(said.at(-1)).toMatch(/YES=1/);
});

test('takes a video with several chapters down once', async () => {
  const { run, done } = fixture([
    entry(`mangadex/${title}/1`, 'published', 'https://v/1'),
    entry(`mangadex/${title}/2`, 'published', 'https://v/1'),
  ]);
  await run({ titles: [title] });
  expect(done.filter((one) => one.startsWith('down'))).toEqual(['down https://v/1']);
  expect(done.filter((one) => one.startsWith('block'))).toHaveLength(2);
});

test('a second run finds nothing to do, and the list does not grow', async () => {
  const { run, done, said } = fixture([entry('a/1', 'published', 'https://v/1')]);
  await run({ library: ['a'] });
  done.length = 0;
  await run({ library: ['a'] });
  expect(done).toEqual([]);
  expect(said.slice(-2)).toEqual([
    'the blocklist has 1 entries',
    'none of it is published, in progress or stored',
  ]);
});

test.each([
  ['a video', 'claimed' as const, { youtube_url: 'https://v/1' }],
  ['a Short', 'published' as const, { short_url: 'https://v/2' }],
])('a second run takes down %s whose upload ended after the first', async (_, status, later) => {
  const { run, done, ledger } = fixture([
    entry('a/1', status, status === 'published' ? 'https://v/1' : undefined),
  ]);
  await run({ library: ['a'] });
  const blocked = ledger.get('a/1');
  if (!blocked) throw new Error('no entry');
  ledger.set('a/1', { ...blocked, ...later });
  done.length = 0;
  await run({ library: ['a'] });
  expect(done).toEqual([`down ${Object.values(later)[0]}`, 'block a/1']);
  done.length = 0;
  await run({ library: ['a'] });
  expect(done).toEqual([]);
});

test('deletes what is stored of a chapter at the end, also of one that an earlier run blocked', async () => {
  const { run, done, said, stored } = fixture([entry('a/1', 'published', 'https://v/1')]);
  stored.add('a/1').add('b/1');
  await run({ library: ['a'] }, false);
  expect(said.slice(-2)).toEqual([
    'would delete: 1 objects in the bucket, and what 0 job records quote',
    'nothing was changed; add YES=1 to do it',
  ]);
  await run({ library: ['a'] });
  expect(done.slice(-2)).toEqual(['block a/1', 'forget a/1']);
  stored.add('a/1');
  await run({});
  expect(done.at(-1)).toBe('forget a/1');
  expect([...stored]).toEqual(['b/1']);
});

test('deletes what is stored of a chapter without an item in the ledger, and nothing whose name only begins alike', async () => {
  const { run, stored } = fixture([entry('one-2/1', 'published', 'https://v/2')]);
  stored.add('one/1').add('one.cbz').add('one-2/1').add('one (2)');
  await run({ library: ['one'] });
  expect([...stored]).toEqual(['one-2/1', 'one (2)']);
});

test('completes an interrupted run that had not updated the ledger', async () => {
  const { run, ledger, online } = fixture([entry('a/1', 'published', 'https://v/1')]);
  online.delete('https://v/1');
  await run({ library: ['a/1'] });
  expect(ledger.get('a/1')?.status).toBe('blocked');
});

test('a channel that YouTube refuses keeps no video of another channel online, and its own are taken down later', async () => {
  const { run, done, said, online, refused } = fixture([
    { ...entry('a/1', 'published', 'https://v/1'), channel: 'truyen-ma' },
    entry('a/2', 'published', 'https://v/2'),
    entry('a/3', 'claimed'),
  ]);
  refused.add('truyen-ma');
  await expect(run({ library: ['a'] })).rejects.toThrow('Still online: https://v/1');
  expect(done).toEqual(['list', 'block a/1', 'down https://v/2', 'block a/2', 'block a/3']);
  expect(said).toContain('a/1: still online at https://v/1: consent again');
  refused.clear();
  await run({ library: ['a'] });
  expect([...online]).toEqual([]);
});

test('rejects an invalid id before anything is done', async () => {
  const { run, done } = fixture([entry('a/1', 'claimed')]);
  await expect(run({ titles: ['Mèo Mun'] })).rejects.toMatchObject({ name: 'ConfigurationError' });
  expect(done).toEqual([]);
});
