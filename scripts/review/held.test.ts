import type { Doubt } from '../../domain/doubt.ts';
import type { Job } from '../../domain/job.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import type { Script } from '../../domain/script.ts';
import {
  decideHeld,
  editHeld,
  findHeld,
  type HeldPorts,
  isFailed,
  listFailed,
  listHeld,
  openHeld,
} from './held.ts';

const job: Job = {
  job_id: 'job-abc123',
  status: 'needs_review',
  chapter_id: 'meo/1',
  manga_title: 'Mèo Mun',
  page_count: 9,
  held_at: '2026-02-07T10:00:00Z',
  updated_at: '2026-02-07T10:00:01Z',
  doubt_reasons: ['page 7: 60 % of the lettering could not be read'],
};
const doubt: Doubt = {
  job_id: 'job-abc123',
  verdict: 'doubtful',
  reasons: [{ kind: 'unread', pages: [7], text: 'page 7: 60 % of the lettering could not be read' }],
  remarks: ['ComicInfo.xml is broken'],
  thresholds: [
    { name: 'wrongWords', value: 0.02, from: 'library/series/meo.json' },
    { name: 'orderDoubt', value: 0.5, from: 'default' },
  ],
  approved_notes: [],
};
const script: Script = {
  job_id: 'job-abc123',
  narrator: 'ocr',
  language: 'vi',
  segments: [{ index: 0, kind: 'speech', text: 'Mua.', page: 7, panels: ['p007-1'], pause_after: 0.3 }],
  changes: [{ index: 0, before: 'Muaa.', after: 'Mua.', why: 'a voice could not say it' }],
};

const broken: Job = {
  ...{ job_id: 'job-bad789', status: 'failed', manga_title: 'Mèo Mun', chapter_id: 'meo/2' },
  ...{ error_name: 'ChapterUnreadable', error_message: 'meo/2.cbz has no pages\nat line 3', updated_at: '' },
};
const failed: LedgerEntry[] = [
  {
    ...{ chapter_id: 'meo/2', status: 'failed', job_id: 'job-bad789' },
    ...{ attempts: 2, retry_at: '2026-02-08T06:00:00Z' },
  },
  { chapter_id: 'meo/9', status: 'failed', job_id: 'job-gone', attempts: 3 },
  // It could not be read as part of the video of another chapter.
  { chapter_id: 'meo/4', status: 'failed', job_id: 'job-out345', attempts: 1 },
  { chapter_id: 'meo/5', status: 'claimed', job_id: 'job-up1234', out_since: '2026-02-07T10:00:00Z' },
  { chapter_id: 'meo/6', status: 'claimed', job_id: 'job-at-work', out_since: '2026-02-07T10:00:00Z' },
  { chapter_id: 'meo/7', status: 'claimed', job_id: 'job-at-work', lease_until: '2026-02-10T10:00:00Z' },
  { chapter_id: 'meo/8', status: 'held', job_id: 'job-gone' },
  { chapter_id: 'meo/10', status: 'claimed', job_id: 'job-gone' },
  { chapter_id: 'meo/1', status: 'held', job_id: 'job-abc123' },
  { chapter_id: 'meo/0', status: 'failed', job_id: 'job-bad789', attempts: 0 },
];
const others: Job[] = [
  broken,
  { ...job, job_id: 'job-out345', status: 'published', chapter_id: 'meo/3' },
  { ...broken, job_id: 'job-up1234', error_name: 'UploadError', error_message: 'YouTube did not answer' },
  { ...job, job_id: 'job-at-work', status: 'uploading' },
  job,
];

function desk(jobs: Job[] = [job], ended: string[] = []) {
  const said: string[] = [];
  const downloads: string[][] = [];
  const started: string[][] = [];
  const stored: Script[] = [];
  const ports: HeldPorts = {
    held: async () => jobs,
    open: async () => failed,
    findJob: async (id) => others.find(({ job_id }) => job_id === id),
    download: async (...given) => void downloads.push(given),
    getScript: async () => script,
    getDoubt: async () => doubt,
    putScript: async (_, changed) => void stored.push(changed),
    async start(name, input) {
      if (ended.includes(name)) return false;
      started.push([name, input]);
      return true;
    },
    say: (line) => void said.push(line),
  };
  return { said, downloads, started, stored, ports };
}

test('lists held chapters with their reasons, and reports when there are none', async () => {
  const one = desk([job, { ...job, job_id: 'job-def456', review_verdict: 'approve', reviewed_by: 'an' }]);
  await listHeld(one.ports);
  expect(one.said).toEqual([
    'job-abc123  Mèo Mun (meo/1)  held since 2026-02-07T10:00:00Z, waits for you',
    '  - page 7: 60 % of the lettering could not be read',
    'job-def456  Mèo Mun (meo/1)  held since 2026-02-07T10:00:00Z, approved by an, waits for a slot of the day',
    '  - page 7: 60 % of the lettering could not be read',
    expect.stringMatching(/^make review JOB=job-… OPEN=1 .*APPROVE=1/),
  ]);
  const none = desk([]);
  await listHeld(none.ports);
  expect(none.said).toEqual(['no doubtful chapter is held']);
});

test('opening fetches the pages that the reasons name, and the script to edit', async () => {
  const { said, downloads, ports } = desk();
  await openHeld(job, 'folder', ports);
  expect(downloads.map(([, file]) => file)).toEqual([
    ...['folder/007.jpg', 'folder/doubt.json', 'folder/panels.json', 'folder/script.json'],
  ]);
  expect(said.slice(0, 5)).toEqual([
    '- page 7: 60 % of the lettering could not be read',
    '    folder/007.jpg',
    '  (ComicInfo.xml is broken)',
    '  judged by: wrongWords is 0.02 instead of 0.032 (library/series/meo.json)',
    '  “Muaa.” became “Mua.”, because a voice could not say it',
  ]);
  expect(said.at(-1)).toContain('EDIT=folder/script.json');
});

test('stores changed sentences, and nothing else of the script', async () => {
  const { stored, said, ports } = desk();
  const [segment] = script.segments;
  const changed = { ...script, segments: segment ? [{ ...segment, text: 'Mưa.' }] : [] };
  await editHeld(job, changed, ports);
  await editHeld(job, script, ports);
  expect(stored).toEqual([changed]);
  expect(said.at(-1)).toBe('no sentence was changed');
});

test('refuses changes of anything but sentences', async () => {
  const { stored, ports } = desk();
  const changed = { ...script, segments: script.segments.map((segment) => ({ ...segment, page: 8 })) };
  await expect(editHeld(job, changed, ports)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: 'Only the texts of segments can be changed, not their number, pages or panels',
  });
  expect(stored).toEqual([]);
});

test('a verdict starts one execution with person, verdict and reason', async () => {
  const { started, said, ports } = desk();
  await decideHeld('job-abc123', { verdict: 'approve', by: 'an', reason: 'looked at it' }, ports);
  expect(started).toEqual([
    [
      'approve-job-abc123',
      '{"reviewed":{"job_id":"job-abc123","verdict":"approve","by":"an","reason":"looked at it"}}',
    ],
  ]);
  expect(said).toEqual([
    'job-abc123 is approved; it continues as soon as the day has room. If somebody decided before, you get a message',
  ]);
});

test('a verdict whose execution has ended starts another', async () => {
  const { started, ports } = desk([job], ['reject-job-abc123', 'reject-job-abc123-2']);
  await decideHeld('job-abc123', { verdict: 'reject', by: 'an', reason: 'no' }, ports);
  expect(started.map(([name]) => name)).toEqual(['reject-job-abc123-3']);
});

test('lists what later chapters wait for with the failures, and finds the job of a failed one', async () => {
  const { said, ports } = desk();
  await listFailed(ports);
  expect(said).toEqual([
    'job-bad789  Mèo Mun (meo/2)  failed, attempt 2, can be tried again after 2026-02-08T06:00:00Z',
    '  - ChapterUnreadable: meo/2.cbz has no pages',
    'job-gone   (meo/9)  failed, attempt 3',
    '  - the record of its job is deleted: only RETRY and REJECT work',
    'job-out345  Mèo Mun (meo/4)  failed, attempt 1',
    '  - its job has no error on record',
    'job-up1234  Mèo Mun (meo/5)  its video could be online: look for it, as docs/runbook.md says under UploadError',
    '  - UploadError: YouTube did not answer',
    'job-gone   (meo/8)  held',
    '  - the record of its job is deleted: only RETRY and REJECT work',
    'job-gone   (meo/10)  approved',
    '  - the record of its job is deleted: only RETRY and REJECT work',
    expect.stringMatching(/^make review JOB=job-… RETRY=.*REJECT=/),
  ]);
  for (const failed of ['job-bad789', 'job-gone'] as const) expect(await isFailed(failed, ports)).toBe(true);
  for (const other of ['job-out345', 'job-up1234', 'job-abc123'] as const)
    expect(await isFailed(other, ports)).toBe(false);
});

test('does not find a job that is not held', async () => {
  expect(await findHeld('job-other', desk().ports)).toBeUndefined();
});
