import { startDeployedPipeline } from './testing/deployments.ts';

/** Deploys twice to the local cloud and returns to the first deployment with `./manga rollback`. */
let pipeline: Awaited<ReturnType<typeof startDeployedPipeline>>;
const limit = 300_000;
beforeAll(async () => {
  pipeline = await startDeployedPipeline();
}, limit);
afterAll(() => pipeline?.close(), limit);

const statuses = async () => (await pipeline.jobs()).map((job) => job?.status);

test(
  'a rollback in the middle of a render loses no job, and the next job runs the old code',
  async () => {
    await pipeline.deploy('old');
    expect(await pipeline.end(await pipeline.begin('series/01'))).toMatchObject({ status: 'SUCCEEDED' });
    await pipeline.deploy('new');

    pipeline.forget();
    let seconds = 0;
    const running = await pipeline.whileRendering(
      () => pipeline.begin('series/02'),
      async () => {
        expect(pipeline.printed()).toEqual({ functions: ['new'], machines: ['new'] });
        const startedAt = performance.now();
        const { code, output } = await pipeline.manga('rollback', '--yes');
        seconds = (performance.now() - startedAt) / 1000;
        expect([code, output]).toEqual([0, expect.stringContaining('live: the deployment of ')]);
        expect(output).toMatch(/scriptgen +2 → 1\n/);
        expect(output).toMatch(/renderer +machines started from now on run s3:\S+\/old\.tgz\n/);
        expect(output).toMatch(/state machine +the definition of that deployment\n/);
      },
    );
    expect(await pipeline.end(running)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await statuses()).toEqual(['published']);
    expect(pipeline.failures()).toEqual([]);
    expect(pipeline.printed()).toEqual({ functions: ['new', 'old'], machines: ['new'] });

    pipeline.forget();
    expect(await pipeline.end(await pipeline.begin('series/03'))).toMatchObject({ status: 'SUCCEEDED' });
    expect(await statuses()).toEqual(['published']);
    expect(pipeline.printed()).toEqual({ functions: ['old'], machines: ['old'] });
    console.log(`rollback during a render: ${seconds.toFixed(1)} s (wanted: at most 60 s)`);
  },
  limit,
);

test(
  'the list shows what is live, and what was undone',
  async () => {
    const { output } = await pipeline.manga('rollback', '--list');
    const [, rollback, undone, first] = output.split('\n');
    expect(rollback).toMatch(/^\* .* rollback to .*, 1 video$/);
    expect(undone).toMatch(/^ {2}.* 0 videos, undone$/);
    expect(first).toMatch(/^\* .* 1 video$/);
  },
  limit,
);

test(
  'a second rollback has nothing to return to, and one without YES changes nothing',
  async () => {
    const none = await pipeline.manga('rollback', '--yes');
    expect([none.code, none.output]).toEqual([
      1,
      expect.stringContaining('No earlier deployment published a video'),
    ]);
    const [, , undone = ''] = (await pipeline.manga('rollback', '--list')).output.split('\n');
    const to = undone.trim().split(' ')[0] ?? '';
    const asked = await pipeline.manga('rollback', '--to', to);
    expect(asked.output).toMatch(/scriptgen +1 → 2\n(?:.*\n)*Nothing is changed yet: YES=1 does it\n$/);
    expect((await pipeline.manga('rollback', '--to', to, '--yes')).code).toBe(0);
    pipeline.forget();
    await pipeline.end(await pipeline.begin('series/04'));
    expect(pipeline.printed()).toEqual({ functions: ['new'], machines: ['new'] });
  },
  limit,
);

test(
  'a deployment is tried with one job: taken back when that fails, live when its video is published',
  async () => {
    // Of another series: the chapters after one that failed wait.
    const broken = await pipeline.tryOut('broken', 'other-series/01');
    expect([broken.code, broken.output]).toEqual([
      1,
      expect.stringContaining('The job that tried the new deployment failed'),
    ]);
    expect(pipeline.messages.at(-1)?.subject).toBe('manga-pipeline: a deployment was taken back');
    pipeline.forget();
    await pipeline.end(await pipeline.begin('series/06'));
    expect(pipeline.printed()).toEqual({ functions: ['new'], machines: ['new'] });
    expect((await pipeline.manga('deploy', 'canary')).output).toContain('nothing to try');

    pipeline.forget();
    const better = await pipeline.tryOut('better', 'series/07');
    expect([better.code, better.output]).toEqual([0, expect.stringContaining('live: the new deployment')]);
    expect(await statuses()).toEqual(['published']);
    pipeline.forget();
    await pipeline.end(await pipeline.begin('series/08'));
    expect(pipeline.printed()).toEqual({ functions: ['better'], machines: ['better'] });
  },
  limit,
);
