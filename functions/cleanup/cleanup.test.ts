import { run } from './cleanup.ts';

/** A bucket as a map; with `failAfter` = n, the n-th delete call throws. */
function bucket(keys: readonly string[], failAfter = Number.POSITIVE_INFINITY) {
  const objects = new Map(keys.map((key) => [key, 10]));
  const batches: number[] = [];
  return {
    objects,
    batches,
    ports: {
      async *list(prefix: string) {
        for (const [key, size] of [...objects]) if (key.startsWith(prefix)) yield { key, size };
      },
      deleteAll: async (batch: readonly string[]) => {
        if (batches.length >= failAfter) throw new Error('SlowDown');
        batches.push(batch.length);
        for (const key of batch) objects.delete(key);
      },
      markCleaned: async () => undefined,
    },
  };
}

const many = Array.from({ length: 2500 }, (_, index) => `jobs/job-abc123/speech/${index}.mp3`);

test('deletes every object of the job in batches, and nothing else', async () => {
  const { objects, batches, ports } = bucket([...many, 'jobs/job-abc1234/video.mp4', 'library/a.cbz']);
  expect(await run({ job_id: 'job-abc123' }, ports)).toEqual({
    job_id: 'job-abc123',
    objects_deleted: 2500,
    bytes_freed: 25_000,
  });
  expect(batches).toEqual([1000, 1000, 500]);
  expect([...objects.keys()]).toEqual(['jobs/job-abc1234/video.mp4', 'library/a.cbz']);
});

test('deletes what an interrupted call left', async () => {
  const { objects, ports } = bucket(many, 1);
  await expect(run({ job_id: 'job-abc123' }, ports)).rejects.toThrow('SlowDown');
  expect(objects.size).toBe(1500);
  const retry = bucket([...objects.keys()]);
  expect(await run({ job_id: 'job-abc123' }, retry.ports)).toMatchObject({ objects_deleted: 1500 });
});

test('accepts a job without objects', async () => {
  expect(await run({ job_id: 'job-abc123' }, bucket([]).ports)).toMatchObject({
    objects_deleted: 0,
    bytes_freed: 0,
  });
});
