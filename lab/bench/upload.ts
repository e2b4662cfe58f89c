/**
 * Measures the YouTube upload: the used share of a throttled connection, and the memory growth of the process.
 *
 *   node lab/bench/upload.ts [gigabytes=1] [megabytes per second=20] [latency in ms=100]
 *
 * The file is sparse. The fake YouTube runs in its own process, so that its memory is not counted.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UploadState } from '../../domain/publication.ts';
import { defaultAllowance } from '../../domain/youtube-quota.ts';
import { type FakeYouTube, startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import { inEnvironment } from '../../local/testing/environment.ts';
import { youtubePublisher } from '../../providers/publishers/youtube/youtube.ts';

const megabyte = 1024 * 1024;
const [gigabytes = 1, rate = 20, latency = 100] = process.argv.slice(2).map(Number);

/** Puts a connection with a fixed rate and latency in front of a server. */
function throttle(to: number, bytesASecond: number, answerMs: number) {
  const { connect } = process.getBuiltinModule('node:net');
  return createServer({ highWaterMark: 64 * 1024 }, async (client: Socket) => {
    const server = connect(to, '127.0.0.1');
    server.on('data', (data) => setTimeout(() => client.writable && client.write(data), answerMs));
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
    server.on('close', () => setTimeout(() => client.destroy(), answerMs));
    let due = performance.now();
    for await (const piece of client as AsyncIterable<Buffer>) {
      due = Math.max(due, performance.now() - 20) + (piece.length / bytesASecond) * 1000;
      const early = due - performance.now();
      if (early > 2) await sleep(early);
      if (!server.write(piece)) await once(server, 'drain');
    }
    server.end();
  });
}

async function playYouTube(): Promise<void> {
  const fake = await startFakeYouTube();
  const { endpoint } = fake.endpoints;
  const line = throttle(Number(new URL(endpoint).port), rate * megabyte, latency).listen(0, '127.0.0.1');
  await once(line, 'listening');
  const address = line.address();
  if (!address || typeof address === 'string') throw new Error('no address');
  // The fake opens sessions at its own address, which must be the throttled one.
  fake.origin = `http://127.0.0.1:${address.port}`;
  process.send?.({ endpoints: fake.endpoints, secret: fake.secret });
  process.on('message', () => {
    process.send?.({ bytes: fake.channel.videos[0]?.bytes });
  });
}

interface Started {
  endpoints: FakeYouTube['endpoints'];
  secret: { client_id: string; client_secret: string; refresh_token: string };
}

async function measure(): Promise<void> {
  const youtube = fork(import.meta.filename, process.argv.slice(2), {
    env: { ...process.env, PLAY: 'youtube' },
  });
  await inEnvironment('bench-upload', async ({ pathOf, started }) => {
    started.defer(() => void youtube.kill());
    const [{ endpoints, secret }] = (await once(youtube, 'message')) as [Started];
    const path = pathOf('video.mp4');
    const size = gigabytes * 1024 * megabyte;
    const file = await open(path, 'w');
    await file.truncate(size);
    await file.close();
    let state: UploadState | undefined;
    const publisher = youtubePublisher(
      {
        ...{
          channel: 'main',
          privacy: 'private',
          publishAfterHours: 0,
          madeForKids: false,
          syntheticMedia: true,
        },
        ...{ categoryId: '1', captions: false, playlists: false, allowance: defaultAllowance, ...endpoints },
      },
      {
        credentials: async () => secret,
        progress: {
          load: async () => state,
          save: async (saved) => {
            state = saved;
          },
        },
        shortProgress: { load: async () => undefined, save: async () => undefined },
        ledger: {
          spent: async () => ({ uploads: 0, units: 0 }),
          spend: async () => true,
          close: async () => undefined,
          refuse: async () => undefined,
          admit: async () => undefined,
          refusal: async () => undefined,
          own: async () => undefined,
        },
        reserveTime: async (nextAfter) => nextAfter(undefined),
        isOfSeries: async () => false,
        timeOfVideo: async () => undefined,
        now: () => new Date(),
        wait: (ms) => sleep(ms),
        log: (line) => console.error(JSON.stringify(line)),
        signal: new AbortController().signal,
      },
    );
    const before = process.memoryUsage.rss();
    let peak = before;
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    const since = performance.now();
    await publisher.publish({
      ...{ jobId: 'job-bench', video: path, captions: path, thumbnail: import.meta.filename },
      beforeOut: async () => undefined,
      metadata: { title: 'Bench', description: '', tags: [], language: 'vi' },
    });
    const seconds = (performance.now() - since) / 1000;
    clearInterval(sampler);
    youtube.send('how much?');
    const [{ bytes }] = (await once(youtube, 'message')) as [{ bytes: number }];
    if (bytes !== size) throw new Error(`${bytes} of ${size} bytes arrived`);
    const reached = size / megabyte / seconds;
    console.log(
      `${gigabytes} GB in ${seconds.toFixed(1)} s: ${reached.toFixed(1)} MB/s, ${((100 * reached) / rate).toFixed(1)} % of the connection (≥ 90 %)`,
    );
    console.log(
      `memory: ${((peak - before) / megabyte).toFixed(1)} MB more than before the upload (≤ 32 MB)`,
    );
    if (reached < 0.9 * rate || peak - before > 32 * megabyte) process.exitCode = 1;
  });
}

await (process.env.PLAY === 'youtube' ? playYouTube() : measure());
