import { mkdir } from 'node:fs/promises';
import { artifactsOf } from '../../../../domain/artifacts.ts';
import type { Shard } from '../../../../domain/worker-task.ts';
import { findFfmpeg } from '../../../../providers/media/find-media-binary.ts';
import type { RendererPorts } from '../../ports.ts';
import { jobId } from '../../testing/test-job.ts';
import type { Timeline } from '../../timeline.ts';
import type { MusicChoice } from '../music-by-mood.ts';
import { planSound } from '../stored-sound.ts';

interface Work {
  ports: RendererPorts;
  /** For the files of this machine. */
  folder: string;
  music?: MusicChoice;
  shard?: Shard;
}

/** Plans the sound of a video on a machine of two cores, or a shard's part of it. */
export async function planSoundIn(timeline: Timeline, { ports, folder, music, shard }: Work) {
  await mkdir(folder, { recursive: true });
  const { signal } = new AbortController();
  const options = {
    ...{ formats: ['16:9' as const], burnSubtitles: false, shorts: false, cores: 2 },
    ...{ ffmpeg: await findFfmpeg(process.env.FFMPEG_PATH), workDirectory: folder, signal },
    ...(music && { music: { ...music, credit: '' } }),
  };
  const sound = await planSound(timeline, { artifacts: artifactsOf(jobId), ports, options }, shard);
  return {
    ...sound,
    async measure() {
      for (const { make } of sound.measuring) await make(signal);
    },
    async encode() {
      for (const { make } of sound.encoding) await make(signal);
    },
  };
}

/** Does what a machine does for the sound of a video, one after the other. Returns the file of the sound. */
export async function makeSound(timeline: Timeline, work: Work): Promise<string> {
  const sound = await planSoundIn(timeline, work);
  await sound.measure();
  await sound.encode();
  return sound.join();
}
