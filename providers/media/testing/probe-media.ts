import * as z from 'zod';
import { ProcessFailed, runProcess } from '../run-process.ts';

const seconds = z.coerce.number();
const rate = z.string().transform((text) => {
  const [over = 0, under = 1] = text.split('/').map(Number);
  return under === 0 ? 0 : over / under;
});

const VideoStream = z.object({
  codec_type: z.literal('video'),
  codec_name: z.string(),
  profile: z.string().optional(),
  width: z.number(),
  height: z.number(),
  pix_fmt: z.string().optional(),
  color_space: z.string().optional(),
  avg_frame_rate: rate,
  start_time: seconds.optional(),
  duration: seconds.optional(),
  nb_frames: z.coerce.number().optional(),
});

const AudioStream = z.object({
  codec_type: z.literal('audio'),
  codec_name: z.string(),
  sample_rate: z.coerce.number(),
  channels: z.number(),
  start_time: seconds.optional(),
  duration: seconds.optional(),
});

const OtherStream = z.object({ codec_type: z.enum(['subtitle', 'data', 'attachment']) });

/** ffprobe's description of a file: times in seconds, sizes in pixels. */
export const MediaInfo = z.object({
  format: z.object({ duration: seconds.optional(), format_name: z.string() }),
  streams: z.array(z.discriminatedUnion('codec_type', [VideoStream, AudioStream, OtherStream])),
});
export type MediaInfo = z.infer<typeof MediaInfo>;
export type VideoStream = z.infer<typeof VideoStream>;
export type AudioStream = z.infer<typeof AudioStream>;

export function probeArguments(file: string): string[] {
  return ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file];
}

const answerLimit = 4 * 1024 * 1024;

/** Runs ffprobe on a file. Rejects with ProcessFailed if ffprobe can't read it. */
export async function probeMedia(
  file: string,
  options: { ffprobe: string; timeoutMs?: number; signal?: AbortSignal },
): Promise<MediaInfo> {
  let answer = '';
  await runProcess(options.ffprobe, probeArguments(file), {
    timeoutMs: options.timeoutMs ?? 60_000,
    signal: options.signal,
    onOutput: (chunk) => {
      if (answer.length < answerLimit) answer += chunk.toString('utf8');
    },
  });
  const parsed = MediaInfo.safeParse(JSON.parse(answer));
  if (!parsed.success) throw new ProcessFailed(`ffprobe can't describe ${file}`, parsed.error.message);
  return parsed.data;
}

export const videoStreamOf = (info: MediaInfo): VideoStream | undefined =>
  info.streams.find((stream) => stream.codec_type === 'video');
export const audioStreamOf = (info: MediaInfo): AudioStream | undefined =>
  info.streams.find((stream) => stream.codec_type === 'audio');
