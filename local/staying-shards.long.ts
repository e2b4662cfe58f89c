import { startWithHeldChapters } from './testing/held-chapters.ts';

test('the first of the machines that share a render continues with the whole', async () => {
  const { pipeline, held, page } = await startWithHeldChapters({
    settings: { renderShards: 3, workerIdleMinutes: 2 },
  });
  try {
    expect(await pipeline.end(await pipeline.begin('a', page))).toMatchObject({ status: 'SUCCEEDED' });
    const job = await held.jobOf('a');
    expect(job.status).toBe('published');
    const renderers = Object.entries(job.machines ?? {}).filter(([, { worker }]) => worker === 'renderer');
    // A fourth one would be that of the whole task.
    expect(renderers).toHaveLength(3);
    expect(pipeline.failures()).toEqual([]);
  } finally {
    await pipeline.close();
  }
}, 300_000);
