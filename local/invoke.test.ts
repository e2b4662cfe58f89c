import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { callJson } from 'local-aws/client';
import { parseConfig } from '../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from './cloud.ts';

/** Runs `make invoke` as a process, in a folder where a cloud can run. */
const folder = mkdtempSync(join(tmpdir(), 'invoke-test-'));
const script = join(import.meta.dirname, '../scripts/manga.ts');
const events = join(import.meta.dirname, '../functions');
let cloud: LocalCloud | undefined;

afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function invoke(name: string, event = '{}', job = '') {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [script, 'invoke'], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, HOME: folder, NODE_NO_WARNINGS: '1', FN: name, EVENT: event, JOB: job },
  });
  const status = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr, result: stdout ? JSON.parse(stdout) : undefined };
}

test('runs a function in a new cloud when none is running', async () => {
  const { status, result } = await invoke('check-quota', '{"job_id":"job-sample"}');
  expect({ status, result }).toEqual({
    status: 0,
    result: { quota_reached: false, daily_count: 0, daily_quota: 10 },
  });
});

test('a function that does not exist is refused before a cloud starts', async () => {
  const { status, stderr } = await invoke('nope');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^invoke: nope is not a function; the functions are check-quota, cleanup, .*\n$/);
});

describe('in the cloud of make dev', () => {
  beforeEach(async () => {
    cloud = await startLocalCloud({
      stateDirectory: join(folder, '.local', 'dev'),
      port: 0,
      config: parseConfig({ dailyQuota: 3 }),
    });
  });

  const sample = (name: string, event: string) => `@${join(events, name, 'events', `${event}.json`)}`;

  test('runs every function for which a sample event suffices and exits with its outcome', async () => {
    expect((await invoke('manga-pipeline-check-quota')).result).toMatchObject({ daily_quota: 3 });
    const [fetched, called, handled] = await Promise.all([
      invoke('fetcher', sample('fetcher', 'next-chapter')),
      invoke('renderer-callback', sample('renderer-callback', 'machine-gone')),
      invoke('handle-error', sample('handle-error', 'failed-job')),
    ]);
    expect(fetched.result).toMatchObject({ status: 'no_manga_available' });
    expect(called.result).toEqual({ instance_id: 'i-0123456789abcdef0', task_failed: false });
    expect(handled.result).toMatchObject({ job_id: 'job-sample', status: 'failed' });
    // Samples leave nothing in the tables of the pipeline.
    const jobs = await callJson<{ Count: number }>(cloud as LocalCloud, 'dynamodb', 'Scan', {
      TableName: 'manga-pipeline-jobs',
    });
    expect(jobs.Count).toBe(0);
    const took = await invoke('check-quota', sample('check-quota', 'take-slot'));
    expect(took.stderr).toContain('sandbox: it uses manga-pipeline-sandbox-jobs');
    expect((await invoke('check-quota', '{"job_id":"job-mine"}')).stderr).not.toContain('sandbox');
    const counters = await callJson<{ Items: { holders?: object }[] }>(
      ...([cloud as LocalCloud, 'dynamodb', 'Scan', { TableName: 'manga-pipeline-counters' }] as const),
    );
    expect(counters.Items.map(({ holders }) => holders)).toEqual([{ SS: ['job-mine'] }]);
    // The function's output is separate from its result.
    expect(handled.stderr).toContain('jobs/job-sample/panels.json has no pages');
    const cleaned = await invoke('cleanup', sample('cleanup', 'job'));
    expect(cleaned.result).toMatchObject({ job_id: 'job-sample', objects_deleted: 0 });
    const mine = await invoke('cleanup', sample('cleanup', 'job'), 'job-mine');
    expect(mine.result).toMatchObject({ job_id: 'job-mine' });
    const failed = await invoke('cleanup', '{"job_id":"no id"}');
    expect(failed).toMatchObject({
      status: 1,
      result: {
        errorType: 'ZodError',
        errorMessage: 'job_id: a job id looks like job-1f0c9a…',
        trace: expect.arrayContaining([expect.stringContaining('functions/cleanup/cleanup.ts:')]),
      },
    });
  });

  test('rejects invalid arguments with one line', async () => {
    writeFileSync(join(folder, 'bad.json'), '{');
    const [unknown, unreadable, absent] = await Promise.all([
      invoke('unknown'),
      invoke('cleanup', '@bad.json'),
      invoke('cleanup', '@absent.json'),
    ]);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(
      /^local cloud at http:\/\/\S+\ninvoke: unknown is not a function; the functions are check-quota, cleanup, .*\n$/,
    );
    expect(unreadable.stderr).toMatch(/^invoke: bad\.json is not JSON: .*\n$/);
    expect(absent.stderr).toMatch(/^invoke: absent\.json cannot be read: ENOENT.*\n$/);
  });
});
