import { artifactsOf, seriesSettingsKey } from '../../../../domain/artifacts.ts';
import { Refusal } from '../../../../fakes/youtube/response.ts';
import { accessTo } from '../../../../local/cloud-access.ts';
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
    // As make secrets does, which the message asks for.
    void openChannel(pipeline);
  };
}

function openChannel({ cloud }: FailureEnvironment): Promise<unknown> {
  const Key = { date: { S: 'refusal#youtube' } };
  return accessTo(cloud).dynamodb('DeleteItem', { TableName: cloud.resources.countersTable, Key });
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
    endsDay: true,
    begin: (pipeline) => withSecret(pipeline, () => undefined),
  },
  {
    failure: 'ChannelRefused',
    cause: 'the owner of the channel revoked the consent',
    state: 'StartUploader',
    says: /make secrets LOGIN=youtube/,
    endsDay: true,
    begin: (pipeline) => withSecret(pipeline, (text) => text.replace('1//fake-', '1//over-')),
  },
  {
    failure: 'UploadError',
    cause: 'YouTube accepts no video of this category',
    state: 'StartUploader',
    says: /invalidCategoryId/,
    begin({ youtube }) {
      const refusal = new Refusal(400, 'invalidCategoryId');
      // The upload is tried again, on other machines too.
      youtube?.refusals.push(...Array(100).fill({ call: 'videos.insert', refusal }));
      return () => void youtube?.refusals.splice(0);
    },
  },
  {
    failure: 'ConfigurationError',
    cause: 'somebody gives the series a setting that does not exist',
    state: 'StartUploader',
    says: /The settings of the series in library\/series\/.*: .*loudness/s,
    async meanwhile(pipeline) {
      const { manga_id, review_token } = await pipeline.reviewed();
      const { s3 } = accessTo(pipeline.cloud);
      const key = seriesSettingsKey(manga_id ?? '');
      await s3('PUT', key, '', '{"loudness":11}');
      pipeline.onceTold(() => void s3('DELETE', key));
      await pipeline.judge(review_token);
    },
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
