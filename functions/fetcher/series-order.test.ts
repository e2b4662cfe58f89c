import { type FetcherPorts, run } from './fetcher.ts';
import { libraryInMemory, listedWith, stateOf } from './testing/library-in-memory.ts';

test('with the strict order the later chapters of a series wait for one that failed', async () => {
  const all = ['a/1', 'a/2', 'a/3', 'b/1'];
  const { ports: unordered, owners, jobs, lines } = libraryInMemory(all, ['a/1']);
  const ports: FetcherPorts = { ...unordered, seriesOrder: 'strict' };
  owners.set('a/2', 'failed');
  await run({ job_id: 'job-one' }, ports);
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
  const waits = { event: 'series_waits_for_chapter', series: 'a', chapter_id: 'a/2' };
  expect(lines.filter(({ event }) => event === waits.event)).toEqual([expect.objectContaining(waits)]);
  // It is published meanwhile.
  owners.set('a/2', 'job-other');
  await run({ job_id: 'job-two' }, ports);
  expect(jobs.get('job-two')?.chapter_id).toBe('a/3');
});

test('the later chapters of a series are made without one that failed', async () => {
  const { ports, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'b/1']);
  owners.set('a/1', 'failed');
  await run({ job_id: 'job-one' }, ports);
  expect(jobs.get('job-one')?.chapter_id).toBe('a/2');
});

test('the later chapters wait for one that is known by another id, since a file of its name was added', async () => {
  const { ports, jobs } = libraryInMemory(['a/1.cbz', 'a/2', 'b/1']);
  const taken = new Map([['a/1', { file: 'a/1.cbz', ...stateOf('failed') }]]);
  await run(
    { job_id: 'job-one' },
    listedWith({ ...ports, seriesOrder: 'strict', taken: async () => taken }, (file) => ({ file })),
  );
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
});

test('no chapter waits for one that later chapters have overtaken, as when the order was free', async () => {
  const { ports, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'a/3', 'a/4', 'a/5'], ['a/2']);
  owners.set('a/1', 'failed');
  await run({ job_id: 'job-one' }, { ...ports, seriesOrder: 'strict' });
  expect(jobs.get('job-one')?.chapter_id).toBe('a/3');
  owners.set('a/4', 'failed');
  expect(await run({ job_id: 'job-two' }, { ...ports, seriesOrder: 'strict' })).toEqual({
    status: 'no_manga_available',
  });
});

test('the order is strict for the series that wants it, and only for that', async () => {
  const { ports, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'b/1', 'b/2']);
  owners.set('a/1', 'failed').set('b/1', 'failed');
  const findWishes: FetcherPorts['findWishes'] = async ({ series }) => ({
    ...{ channel: 'main', shorts: false, direction: 'rtl', order: series === 'a' ? 'strict' : 'free' },
  });
  await run({ job_id: 'job-one' }, { ...ports, findWishes });
  expect(jobs.get('job-one')?.chapter_id).toBe('b/2');
  expect(await run({ job_id: 'job-two' }, { ...ports, findWishes, seriesOrder: 'strict' })).toEqual({
    status: 'no_manga_available',
  });
});

test('passes over a series that another job works on, and asks for it once', async () => {
  const { ports, jobs, lines } = libraryInMemory(['a/1', 'a/2', 'b/1']);
  const asked: string[] = [];
  const takeSeries = async (series: string) => asked.push(series) > 0 && series !== 'a';
  await run({ job_id: 'job-one' }, { ...ports, takeSeries });
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
  expect(asked).toEqual(['a', 'b']);
  expect(lines).toContainEqual(expect.objectContaining({ event: 'series_is_at_work', series: 'a' }));
});

test('returns a series whose chapters other jobs have claimed meanwhile', async () => {
  const { ports } = libraryInMemory(['a/1', 'a/2', 'b/1']);
  const returned: string[] = [];
  const late: FetcherPorts = {
    ...ports,
    claim: async (id) => id === 'b/1',
    releaseSeries: async (series) => void returned.push(series),
  };
  await run({ job_id: 'job-one' }, late);
  expect(returned).toEqual(['a', 'a']);
  await run({ job_id: 'job-two' }, { ...late, seriesOrder: 'strict' });
  expect(returned).toEqual(['a', 'a', 'a']);
});
