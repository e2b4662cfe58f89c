import { callJson, type LocalAddress } from 'local-aws/client';
import type { FunctionName } from '../../config/functions.ts';
import type { WorkerName } from '../../config/workers.ts';
import type { Durations } from './durations.ts';

export interface Library {
  videos: number;
  chaptersPerSeries: number;
}

export type Input = Record<string, unknown> & { job_id: string; task_token: string };
type StandIn = (input: Input) => unknown;

/** Seconds between heartbeats; the flow gives a silent machine 300. */
const heartbeat = 200;

/** Seconds after which a function continues in its next call. */
const longestCall = 840;

/** The clock of the stand-ins: `sleep` lets seconds of the clock pass, `begin` starts what outlives a call. */
interface Stage {
  lanes: number;
  /** Shards of a render; 0 if one machine makes it alone. */
  shards: number;
  /** Minutes that a machine waits for another task. */
  idleMinutes: number;
  cloud: LocalAddress;
  /** Milliseconds of the clock. */
  now(): number;
  sleep(seconds: number): Promise<void>;
  begin(work: () => Promise<void>): void;
}

/** Returns the number of a task's shard; 0 for the whole task. */
const shardOf = ({ shard }: Input): number => (shard as { number: number } | undefined)?.number ?? 0;

/** Counts what is at work, and the most that it was. */
function gauge() {
  let now = 0;
  let most = 0;
  return {
    get most() {
      return most;
    },
    add(change: number) {
      now += change;
      most = Math.max(most, now);
    },
  };
}

/** Counts the machines of a worker that were booted, and their seconds; one that waits takes the next task without a boot. */
function fleet(idleMinutes: number, now: () => number) {
  const waiting: { until: number }[] = [];
  let boots = 0;
  let seconds = 0;
  return {
    get boots() {
      return boots;
    },
    get seconds() {
      return seconds;
    },
    /** Returns the seconds of a task that takes this long with a boot. */
    begin(withBoot: number, boot: number): number {
      while (waiting[0] && waiting[0].until <= now()) waiting.shift();
      // The one that waits longest, as functions/hand-over.ts chooses.
      const machine = waiting.pop();
      if (!machine) boots += 1;
      const task = machine ? withBoot - boot : withBoot;
      seconds += task - (machine ? (machine.until - now()) / 1000 : 0);
      return task;
    },
    end(stays: boolean): void {
      if (!stays || idleMinutes === 0) return;
      waiting.push({ until: now() + idleMinutes * 60_000 });
      seconds += idleMinutes * 60;
    },
  };
}

/**
 * Returns functions that take the time of real ones on the given clock, and machines that end their task after theirs. A
 * series has one job at a time, as in the fetcher.
 */
export function standIns(
  { boot, fetcher, scriptgen, ttsgen, renderer, shard, joiner, joinsOnFunction, uploader }: Durations,
  { videos, chaptersPerSeries }: Library,
  { lanes, shards, idleMinutes, cloud, now, sleep, begin }: Stage,
) {
  const machines = gauge();
  const fleets = { renderer: fleet(idleMinutes, now), uploader: fleet(idleMinutes, now) };
  let published = 0;
  const series = Array.from({ length: Math.ceil(videos / chaptersPerSeries) }, (_, index) => ({
    left: Math.min(chaptersPerSeries, videos - index * chaptersPerSeries),
    owner: undefined as string | undefined,
  }));
  const machine =
    (worker: WorkerName, withBoot: number): StandIn =>
    (input) => {
      const { task_token: taskToken, job_id } = input;
      machines.add(1);
      const seconds = fleets[worker].begin(withBoot, boot);
      begin(async () => {
        for (let left = seconds; left > 0; left -= heartbeat) {
          await sleep(Math.min(left, heartbeat));
          if (left > heartbeat) await callJson(cloud, 'states', 'SendTaskHeartbeat', { taskToken });
        }
        machines.add(-1);
        // Of machines that share a render, the first stays for the join.
        fleets[worker].end(shardOf(input) <= 1);
        await callJson(cloud, 'states', 'SendTaskSuccess', { taskToken, output: JSON.stringify({ job_id }) });
      });
      return { job_id };
    };
  /** Work that is longer than a call continues in the next one, which gets the seconds done so far as its token. */
  const inCalls = (seconds: number) => async (input: Input) => {
    const before = Number(input.continuation_token ?? 0);
    const now = Math.min(seconds - before, longestCall);
    await sleep(now);
    const done = before + now >= seconds;
    return { job_id: input.job_id, done, continuation_token: done ? null : String(before + now) };
  };
  const all: Record<FunctionName, StandIn> = {
    'check-quota'({ open_lanes, end_of_run }) {
      if (end_of_run) return { failures: 0, held: 0 };
      if (!open_lanes) return { quota_reached: false, daily_count: published, daily_quota: videos };
      return { wanted: lanes, lanes: Array.from({ length: lanes }, (_, index) => index + 1), reasons: [] };
    },
    async fetcher({ job_id }) {
      const next = series.find(({ left, owner }) => left > 0 && owner === undefined);
      if (!next) return { status: 'no_manga_available' };
      next.owner = job_id;
      next.left -= 1;
      await sleep(fetcher);
      return { status: 'success', job_id, manga_id: 'm', manga_title: 'M' };
    },
    async scriptgen(input) {
      const { job_id, done, continuation_token } = await inCalls(scriptgen)(input);
      return { job_id, script_generated: done, doubtful: false, segment_count: 1, continuation_token };
    },
    async ttsgen(input) {
      const { job_id, done, continuation_token } = await inCalls(ttsgen)(input);
      return { job_id, audio_generated: done, segment_count: 1, continuation_token };
    },
    async render(input) {
      await sleep(input.shard ? shard : joiner);
      return { job_id: input.job_id, status: 'completed' };
    },
    'start-renderer'(input) {
      if (input.plan_shards)
        return {
          shards: Array.from({ length: shards }, (_, index) => ({ number: index + 1, of: shards })),
          join_on_function: joinsOnFunction,
        };
      return machine('renderer', input.shard ? shard : shards > 0 ? joiner : renderer)(input);
    },
    'start-uploader': machine('uploader', uploader),
    'renderer-callback': () => ({}),
    'uploader-callback': () => ({}),
    'increment-counter'({ job_id }) {
      published += 1;
      for (const one of series) if (one.owner === job_id) one.owner = undefined;
      return { job_id, daily_count: published, date: '2026-02-07' };
    },
    cleanup: ({ job_id }) => ({ job_id, objects_deleted: 1, bytes_freed: 1 }),
    'handle-error'({ error, state }) {
      throw new Error(`${state} failed: ${JSON.stringify(error)}`);
    },
  };
  return {
    call: (name: FunctionName, input: Input) => all[name](input),
    get published() {
      return published;
    },
    machines,
    fleets,
  };
}
