import { artifactsOf } from '../../../../domain/artifacts.ts';
import type { Failing } from './failing.ts';
import type { FailureEnvironment } from './failure-environment.ts';

/** Changes the secret of the channel until the returned function is called. */
function withSecret(pipeline: FailureEnvironment, change: (text: string) => string | undefined): () => void {
  const { secrets } = pipeline;
  const name = pipeline.cloud.resources.youtubeSecret;
  const text = secrets[name] ?? '';
  const changed = change(text);
  if (changed === undefined) delete secrets[name];
  else secrets[name] = changed;
  return () => {
    secrets[name] = text;
  };
}

/** Failures between the finished video and its publication. */
export const failuresOfPublishing: readonly Failing[] = [
  {
    failure: 'ReviewRejected',
    cause: 'a person rejects the video',
    state: 'AwaitReview',
    says: /the voice is wrong/,
    meanwhile: async (pipeline) =>
      pipeline.judge((await pipeline.reviewed()).review_token, 'the voice is wrong'),
  },
  {
    failure: 'States.Timeout',
    cause: 'the video is not reviewed in time',
    state: 'AwaitReview',
    says: /./,
    async meanwhile(pipeline) {
      await pipeline.reviewed();
      await pipeline.jump('59m');
      await pipeline.untilTold();
    },
  },
  {
    failure: 'ArtifactInvalid',
    cause: 'somebody deletes the video before it is published',
    state: 'StartUploader',
    says: /video\.mp4 is missing/,
    async meanwhile(pipeline) {
      const { job_id, review_token } = await pipeline.reviewed();
      await pipeline.written.remove(artifactsOf(job_id).video);
      await pipeline.judge(review_token);
    },
  },
  {
    failure: 'ChannelRefused',
    cause: 'the secret of the channel is not set',
    state: 'StartUploader',
    says: /make secrets SET=youtube/,
    begin: (pipeline) => withSecret(pipeline, () => undefined),
  },
  {
    failure: 'ChannelRefused',
    cause: 'the owner of the channel revoked the consent',
    state: 'StartUploader',
    says: /make secrets LOGIN=youtube/,
    begin: (pipeline) => withSecret(pipeline, (text) => text.replace('1//fake-', '1//over-')),
  },
  {
    failure: 'YouTubeQuotaError',
    cause: 'the YouTube quota of the day is exhausted',
    state: 'StartUploader',
    says: /quotaExceeded/,
    endsDay: true,
    begin(pipeline) {
      void pipeline.chaos('quota-exhausted');
      return () => {};
    },
  },
];
