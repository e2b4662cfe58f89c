import { randomBytes } from 'node:crypto';
import type { Config } from '../config/settings/index.ts';
import { startFakeLlm } from '../fakes/llm/server.ts';
import { FakeEdge } from '../fakes/voices/edge.ts';
import { analyticsScope } from '../fakes/youtube/reports.ts';
import { Refusal } from '../fakes/youtube/response.ts';
import { type FakeYouTube, startFakeYouTube } from '../fakes/youtube/youtube.ts';
import { findFfmpeg } from '../providers/media/find-media-binary.ts';
import type { FaultBoard } from './faults/board.ts';
import type { StandInName } from './faults/catalogue.ts';
import { pipelineResources } from './pipeline.ts';

/** Local servers that replace external services and follow the rules of the real ones. */
export interface StandIns {
  names: ReadonlySet<StandInName>;
  /** Settings that point the pipeline to them. */
  settings: Partial<Config>;
  /** Secrets that the stand-ins accept, by name. */
  secrets: Readonly<Record<string, string>>;
  /** The channel, whose viewers tests can move. */
  youtube?: FakeYouTube | undefined;
  /** Makes them follow the clock of the cloud and fail when its faults strike. */
  join(now: () => number, board: FaultBoard): void;
  close(): Promise<void>;
}

/** Starts stand-ins, with the settings and the secrets to use them. */
export async function startStandIns(wanted: readonly StandInName[]): Promise<StandIns> {
  let now: () => number = Date.now;
  let board: FaultBoard | undefined;
  const names = new Set(wanted);
  const settings: Partial<Config> = {};
  const secrets: Record<string, string> = {};
  const ends: (() => Promise<unknown>)[] = [];
  let youtube: FakeYouTube | undefined;
  const { llmSecret, youtubeSecret } = pipelineResources('us-east-1');

  if (names.has('edge')) {
    const edge = await FakeEdge.start({
      ffmpeg: await findFfmpeg(undefined),
      clock: () => now(),
      fault: () => (board?.strikes('tts-403') ? { refuse: 403 } : undefined),
    });
    ends.push(() => edge.stop());
    Object.assign(settings, { voice: 'edge', voiceEdgeEndpoint: edge.endpoint });
  }
  if (names.has('llm')) {
    const key = randomBytes(16).toString('hex');
    const llm = await startFakeLlm({
      key,
      fault: () => (board?.strikes('llm-garbage') ? 'prose alone' : undefined),
    });
    ends.push(() => llm.close());
    Object.assign(settings, {
      narrator: 'llm',
      llmService: 'compatible',
      llmBaseUrl: llm.baseUrl,
      llmModel: 'fake-vision',
    });
    secrets[llmSecret] = JSON.stringify({ api_key: key });
  }
  if (names.has('youtube')) {
    youtube = await startFakeYouTube({
      clock: () => new Date(now()),
      uploadFault: () => (board?.strikes('upload-cut') ? 'cut' : undefined),
      refuse: (call) =>
        call === 'videos.insert' && board?.strikes('quota-exhausted')
          ? new Refusal(403, 'quotaExceeded')
          : undefined,
    });
    const { close } = youtube;
    ends.push(close.bind(youtube));
    // As after make secrets LOGIN=youtube.
    youtube.oauth.scope = `${youtube.oauth.scope} ${analyticsScope}`;
    Object.assign(settings, { publisher: 'youtube', youtubeEndpoint: youtube.endpoints.endpoint });
    secrets[youtubeSecret] = JSON.stringify(youtube.secret);
  }

  return {
    names,
    settings,
    secrets,
    youtube,
    join(clock, faults) {
      now = clock;
      board = faults;
    },
    async close() {
      await Promise.all(ends.map((end) => end()));
    },
  };
}
