import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTables } from '../../aws/testing/embedded-cloud.ts';
import type { LogLine } from '../../domain/log.ts';
import { diskFiles } from '../../providers/chapters/disk-files.ts';
import { librarySource } from '../../providers/chapters/library.ts';
import { claimChapters } from './claiming.ts';

/** Puts files of one name into a library, one after the other, and runs a day after each. */
const endTables = await startTables({ chapters: 'chapter_id' });
const { chapterLedger } = await import('../../aws/chapter-ledger.ts');
const ledger = chapterLedger('chapters');
const policy = { attempts: 3 };
let library: string;
let lines: LogLine[];
let jobs = 0;

beforeEach(() => {
  library = mkdtempSync(join(tmpdir(), 'names-'));
  lines = [];
});
afterEach(() => rmSync(library, { recursive: true }));
afterAll(endTables);

const put = (name: string) => {
  mkdirSync(join(library, name, '..'), { recursive: true });
  writeFileSync(join(library, name), 'pages');
};

/** Publishes the next chapter, as a run does; returns its id. */
async function publishNext(): Promise<string | undefined> {
  const jobId = `job-names-${++jobs}`;
  const log = (line: LogLine) => void lines.push(line);
  const {
    ids: [id],
  } = await claimChapters(jobId, undefined, new Set(), {
    source: { list: librarySource({ ...diskFiles(library), isUnfinished: async () => false }, log).list },
    chaptersPerVideo: 1,
    seriesOrder: 'free',
    severalChannels: false,
    findWishes: async () => undefined,
    taken: (id) => ledger.taken(id, policy),
    claim: (chapter, id, file) => ledger.claim(chapter, id, { ...policy, file }),
    takeSeries: async () => true,
    releaseSeries: async () => undefined,
    log,
  });
  if (id !== undefined) await ledger.markPublished(id, jobId, 'url');
  return id;
}
const conflicts = () => lines.filter(({ event }) => event === 'chapter_has_a_name_that_is_taken');

test('x.cbt after x.cbz is a named conflict, and is published under another name', async () => {
  put('one/x.cbz');
  expect(await publishNext()).toBe('one/x');
  rmSync(join(library, 'one/x.cbz'));
  put('one/x.cbt');
  expect(await publishNext()).toBeUndefined();
  expect(conflicts()).toMatchObject([
    { level: 'WARN', chapter_id: 'one/x', file: 'one/x.cbt', taken_by: 'one/x.cbz' },
  ]);
  renameSync(join(library, 'one/x.cbt'), join(library, 'one/y.cbt'));
  expect(await publishNext()).toBe('one/y');
});

test('x.cbz added beside a published x.zip is named, and x.zip is not published a second time', async () => {
  put('two/x.zip');
  expect(await publishNext()).toBe('two/x');
  put('two/x.cbz');
  expect(await publishNext()).toBeUndefined();
  expect(conflicts()).toMatchObject([{ file: 'two/x.cbz', taken_by: 'two/x.zip' }]);
});

test('two files of one name that wait together are two chapters', async () => {
  put('three/x.cbz');
  put('three/x.cbt');
  expect([await publishNext(), await publishNext(), await publishNext()]).toEqual([
    ...['three/x', 'three/x.cbt', undefined],
  ]);
  expect(conflicts()).toEqual([]);
});

test('a file that is saved again under its name is still the same chapter', async () => {
  put('four/x.cbz');
  expect(await publishNext()).toBe('four/x');
  put('four/x.cbz');
  expect(await publishNext()).toBeUndefined();
  expect(conflicts()).toEqual([]);
});
