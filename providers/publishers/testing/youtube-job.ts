import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UploadState } from '../../../domain/publication.ts';
import type { QuotaSpent } from '../../../domain/youtube-quota.ts';
import type { FakeYouTube } from '../../../fakes/youtube/youtube.ts';
import type { VideoToPublish } from '../publisher.ts';
import type { YouTubePorts, YouTubeSettings } from '../youtube/ports.ts';
import { youtubePublisher } from '../youtube/youtube.ts';

/** A job to publish, with everything that outlives its machines: the state of its upload and the ledger of the day. */
export interface YouTubeJob {
  video: VideoToPublish;
  settings: YouTubeSettings;
  ports: YouTubePorts;
  /** Every saved state, in order; the last is what another machine finds. */
  saved: UploadState[];
  savedShort: UploadState[];
  spent: Map<string, QuotaSpent>;
  log: Record<string, unknown>[];
  /** Returns why the channel is refused. */
  refusal(): string | undefined;
  /** Total of the requested waits in milliseconds; no time passes. */
  waited(): number;
  /** Returns a machine that publishes the job; `ports` replaces some of the usual ones. */
  machine(ports?: Partial<YouTubePorts>): ReturnType<typeof youtubePublisher>;
  end(): Promise<void>;
}

export interface YouTubeJobOptions {
  jobId?: string;
  /** Size of the video in bytes; beyond `written` they are zeros that take no disk space. */
  size?: number;
  clock?: () => Date;
  spent?: YouTubeJob['spent'];
}

const written = 1024 * 1024;

export async function youtubeJob(fake: FakeYouTube, options: YouTubeJobOptions = {}): Promise<YouTubeJob> {
  const { jobId = 'job-abc123', size = 1_500_000, clock = () => new Date(), spent = new Map() } = options;
  const folder = await mkdtemp(join(tmpdir(), 'youtube-test-'));
  const [video, captions, thumbnail] = ['video.mp4', 'captions.srt', 'thumbnail.jpg'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const pattern = Buffer.from(Array.from({ length: 251 }, (_, index) => index));
  await writeFile(video, Buffer.alloc(Math.min(size, written), pattern));
  const file = await open(video, 'r+');
  await file.truncate(size);
  await file.close();
  await writeFile(captions, '1\n00:00:00,000 --> 00:00:02,000\nĐêm mưa.\n');
  await writeFile(thumbnail, 'a picture');

  const saved: UploadState[] = [];
  const savedShort: UploadState[] = [];
  const log: Record<string, unknown>[] = [];
  let waited = 0;
  const counted = new Set<string>();
  let refused: string | undefined;
  const secret = fake.secret;
  const settings: YouTubeSettings = {
    ...{
      channel: 'main',
      privacy: 'private',
      publishAfterHours: 0,
      madeForKids: false,
      syntheticMedia: true,
      categoryId: '1',
    },
    ...{ captions: true, playlists: true, allowance: fake.quota.allowance, ...fake.endpoints },
  };
  const spentOn = (day: string) => spent.get(day) ?? { uploads: 0, units: 0 };
  const usual: YouTubePorts = {
    credentials: async () => secret,
    progress: {
      load: async () => saved.at(-1),
      save: async (state) => void saved.push(state),
    },
    shortProgress: {
      load: async () => savedShort.at(-1),
      save: async (state) => void savedShort.push(state),
    },
    ledger: {
      spent: async (day) => spentOn(day),
      close: async (day, closed) => void spent.set(day, { ...spentOn(day), closed }),
      async refuse(reason) {
        refused = reason;
      },
      async admit() {
        refused = undefined;
      },
      own: async () => undefined,
      refusal: async () => (refused === undefined ? undefined : { reason: refused }),
      async spend({ day, bucket, cost, call, allowance }) {
        const now = spentOn(day);
        if (counted.has(call)) return true;
        if (now[bucket] + cost > allowance) return false;
        counted.add(call);
        spent.set(day, { ...now, [bucket]: now[bucket] + cost });
        return true;
      },
    },
    reserveTime: async (nextAfter) => nextAfter(undefined),
    isOfSeries: async () => false,
    timeOfVideo: async () => undefined,
    now: clock,
    wait: async (ms) => {
      waited += ms;
    },
    log: (line) => void log.push(line),
    signal: new AbortController().signal,
  };
  return {
    video: {
      jobId,
      ...{ video, captions, thumbnail },
      beforeOut: async () => undefined,
      metadata: { title: 'Mèo Mun', description: '', tags: ['mèo'], language: 'vi', series: 'Mèo' },
    },
    ...{ settings, ports: usual, saved, savedShort, spent, log },
    refusal: () => refused,
    waited: () => waited,
    machine: (ports = {}) => youtubePublisher(settings, { ...usual, ...ports }),
    end: () => rm(folder, { recursive: true }),
  };
}
