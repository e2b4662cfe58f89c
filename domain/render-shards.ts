import { vcpusOf } from './machine-types.ts';
import { encodingMinutes, renderMeasures } from './render-time.ts';

/** Makers of the shards of a render: values of the setting `renderShardsOn`. */
export type ShardsOn = 'machines' | 'functions';

/** Shards of one render. An account has a thousand concurrent calls of functions, and far fewer machines, unless it asks for more. */
export const mostShards = { machines: 40, functions: 400 } as const;

/** With `auto`, the time in which all pieces of a video should be made, without the start of what makes them. */
const goal = { machineMinutes: 10, functionSeconds: 20 } as const;

/** The part of an account's concurrent calls that the shards of all lanes take; the rest is for other functions. */
const shareOfCalls = 0.5;

export interface ShardPlan {
  /** The setting `renderShards`. */
  wanted: number | 'auto';
  on: ShardsOn;
  /** Length of the video, in all its shapes together. */
  seconds: number;
  /** The type of its machines. */
  instanceType: string;
  /**
   * Machines or calls of functions that one render can have at the same time; see {@link machinesOfRender} and {@link callsOfRender}.
   * Only `auto` keeps to it; unlimited by default.
   */
  available?: number;
}

/** Returns how many machines a render can have, of the Spot vCPUs of the account. */
export const machinesOfRender = (vcpusOfAccount: number, lanes: number, instanceType: string): number =>
  Math.floor(vcpusOfAccount / lanes / vcpusOf(instanceType));

/** Returns how many concurrent calls a render can use, of those that the account has. */
export const callsOfRender = (ofAccount: number, lanes: number): number =>
  Math.floor((ofAccount * shareOfCalls) / lanes);

/**
 * Returns the number of shards of a render; 0 if it has none. `auto` is the lowest number that reaches the goal, since each shard also
 * pays for its start, and no more than have as much work as their start takes.
 */
export function shardsFor(plan: ShardPlan): number {
  const count = plan.wanted === 'auto' ? fewestShards(plan) : plan.wanted;
  const most = Math.min(count, mostShards[plan.on]);
  return most < 2 ? 0 : most;
}

function fewestShards({
  on,
  seconds,
  instanceType,
  available = Number.POSITIVE_INFINITY,
}: ShardPlan): number {
  if (on === 'machines') {
    const minutes = encodingMinutes(instanceType, seconds / 60);
    return Math.min(
      Math.ceil(minutes / goal.machineMinutes),
      Math.floor(minutes / renderMeasures.bootMinutes),
      available,
    );
  }
  const work = (seconds / 60) * renderMeasures.functionSeconds;
  return Math.min(
    Math.ceil(work / goal.functionSeconds),
    Math.floor(work / renderMeasures.functionStartSeconds),
    available,
  );
}

/** MB of the function that makes a shard: one vCPU, which a piece keeps busy. */
export const callMemory = 1769;

/** Seconds of the longest call of a function (quotas of Lambda), and the part of it that the estimate of a render can take. */
export const callSeconds = 900;
const shareOfCall = 0.8;

/**
 * Returns whether a function joins the pieces of a video, so that its render needs no machine: one that a call has the time to make
 * even if no shard had stored anything. Its files then fit too: three gigabytes for half an hour.
 */
export function isJoinedOnFunction({ on, seconds }: Pick<ShardPlan, 'on' | 'seconds'>): boolean {
  const alone = (seconds / 60) * renderMeasures.functionSeconds;
  return on === 'functions' && alone <= callSeconds * shareOfCall;
}

/** Returns how many machines render a video at the same time, as far as that is known before the video. */
export const knownMachines = ({ renderShards, renderShardsOn }: ShardSettings): number =>
  renderShardsOn === 'functions' || renderShards === 'auto' ? 1 : Math.max(1, renderShards);

/** Returns how many calls of functions a render makes at the same time, as far as that is known before the video. */
export const knownCalls = ({ renderShards, renderShardsOn }: ShardSettings): number =>
  renderShardsOn === 'machines' || renderShards === 'auto' ? 0 : renderShards;

/** Seconds of the videos for which `auto` is counted before there is one: machines share long videos, functions also ordinary ones. */
const expectedSeconds = { machines: 5 * 3600, functions: 10 * 60 } as const;

/** Returns how many machines are expected to render a video at the same time. */
export const expectedMachines = (
  { renderShards: wanted, renderShardsOn: on }: ShardSettings,
  instanceType: string,
): number =>
  on === 'functions'
    ? 1
    : Math.max(1, shardsFor({ wanted, on, seconds: expectedSeconds.machines, instanceType }));

/** Returns how many calls of functions a render is expected to make at the same time, in an account that allows them. */
export const expectedCalls = ({ renderShards: wanted, renderShardsOn: on }: ShardSettings): number =>
  on === 'machines' ? 0 : shardsFor({ wanted, on, seconds: expectedSeconds.functions, instanceType: '' });

interface ShardSettings {
  renderShards: number | 'auto';
  renderShardsOn: ShardsOn;
}
