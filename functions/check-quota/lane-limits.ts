import { lambdaConcurrency, serviceQuota, spotVcpus } from '../../aws/service-quota.ts';
import type { checkQuota } from '../../config/environments.ts';
import type { Environment } from '../../config/variables.ts';
import { vcpusOfJob } from '../../domain/machine-types.ts';
import { knownCalls, knownMachines } from '../../domain/render-shards.ts';
import { callsPerLane } from '../../domain/run-limits.ts';
import { requestsOfLanePerMinute } from '../../domain/service-rates.ts';
import type { SharedLimit } from './plan-lanes.ts';

/** Returns what the lanes of a run share: the account's quotas, the slots of the day, and the rates of the services. */
export function laneLimits(
  env: Environment<(typeof checkQuota)[number]>,
  left: { slots(): Promise<number>; onYouTube(): Promise<number> },
): SharedLimit[] {
  const requests = env.LLM_REQUESTS_PER_MINUTE;
  const shards = { renderShards: env.RENDER_SHARDS, renderShardsOn: env.RENDER_SHARDS_ON };
  return [
    { what: 'videos left of the day', perLane: 1, available: left.slots },
    ...(env.PUBLISHER === 'youtube'
      ? [
          {
            what: "videos that YouTube's allowances of the day have room for",
            perLane: 1,
            available: left.onYouTube,
          },
        ]
      : []),
    {
      what: 'Spot vCPUs of the account',
      // What `auto` will add is unknown, and a shard without capacity is left out.
      perLane: vcpusOfJob({
        ...{ rendererTypes: env.RENDERER_INSTANCE_TYPE, uploaderTypes: env.UPLOADER_INSTANCE_TYPE },
        ...{ renderers: knownMachines(shards), stays: env.WORKER_IDLE_MINUTES > 0 },
      }),
      available: () => serviceQuota(...spotVcpus),
    },
    {
      what: 'concurrent calls of functions in the account',
      perLane: callsPerLane + knownCalls(shards),
      available: () => serviceQuota(...lambdaConcurrency),
    },
    // Functions of several lanes do not know of each other, so each takes its part of these rates.
    ...(env.NARRATOR === 'llm' && requests > 0
      ? [{ what: 'llmRequestsPerMinute', perLane: 1, available: async () => requests }]
      : []),
    ...(env.VOICE.includes('edge')
      ? [{ what: 'voiceConcurrency', perLane: 1, available: async () => env.VOICE_CONCURRENCY }]
      : []),
    ...(env.VOICE.includes('azure')
      ? [
          {
            what: 'voiceAzureRequestsPerMinute',
            perLane: requestsOfLanePerMinute,
            available: async () => env.VOICE_AZURE_REQUESTS_PER_MINUTE,
          },
        ]
      : []),
  ];
}
