import type { Config } from '../../config/settings/index.ts';
import { startFakeLlm } from '../../fakes/llm/server.ts';
import { FakeEdge } from '../../fakes/voices/edge.ts';
import { startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import { pipelineResources } from '../../local/pipeline.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';

/** Called with each request to a provider; returns true if the caller is gone and the response would be lost. */
export type Asked = (caller: string, name: string) => boolean;

const key = 'crash-test-key-0123456789';
const never = { delayMs: 3_600_000 };

/** Starts the external services, which survive every kill: what is paid for there stays paid. */
export async function startProviders(asked: Asked) {
  const llm = await startFakeLlm({ key, fault: () => (asked('scriptgen', 'llm') ? never : undefined) });
  const edge = await FakeEdge.start({
    ffmpeg: await findFfmpeg(undefined),
    clock: () => clock(),
    fault: () => (asked('ttsgen', 'edge') ? 'no answer' : undefined),
  });
  let clock: () => number = Date.now;
  const youtube = await startFakeYouTube({
    clock: () => new Date(clock()),
    refuse: (call) => void asked('uploader', `youtube ${call}`),
    uploadFault: () => void asked('uploader', 'youtube PUT'),
  });
  const { llmSecret, youtubeSecret } = pipelineResources('us-east-1');
  return {
    llm,
    edge,
    youtube,
    settings: {
      ...{ narrator: 'llm', llmService: 'compatible', llmBaseUrl: llm.baseUrl, llmModel: llm.model },
      // One page at a time, so that at most one response is pending when its receiver is killed.
      llmPagesAtOnce: 1,
      ...{ voice: ['edge'], voiceEdgeEndpoint: edge.endpoint },
      ...{ publisher: 'youtube', youtubeEndpoint: youtube.origin },
    } satisfies Partial<Config>,
    secrets: {
      [llmSecret]: JSON.stringify({ api_key: key }),
      [youtubeSecret]: JSON.stringify(youtube.secret),
    },
    /** The time of the cloud, which is ahead of this process's. */
    goBy: (time: () => number) => {
      clock = time;
    },
    close: async () => void (await Promise.all([llm.close(), edge.stop(), youtube.close()])),
  };
}
