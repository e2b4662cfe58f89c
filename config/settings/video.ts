import * as z from 'zod';
import { usualTypes } from '../../domain/machine-types.ts';
import { mostShards } from '../../domain/render-shards.ts';
import { Mood } from '../../domain/script.ts';
import { VideoFormats } from '../../domain/video-format.ts';
import { alternatives, fromJson, optionalText, path, yesOrNo } from './values.ts';

const musicPattern = /^(off|calm|[\p{L}\p{N}][\p{L}\p{N} ._()-]*\.(mp3|m4a|ogg|opus|flac|wav))$/u;

const music = z
  .string()
  .regex(musicPattern, 'must be off, calm, or the name of an .mp3, .m4a, .ogg, .opus, .flac or .wav file');

/** The video, and the machines that make and upload it. */
export const video = {
  videoFormat: VideoFormats.default('16:9').describe(
    'Shape of the video; `both` adds an upright one, which the folder publisher keeps. See [video.md](video.md)',
  ),
  burnSubtitles: yesOrNo
    .default(false)
    .describe('Draws subtitles into the pictures too; subtitle files are always made'),
  shorts: yesOrNo
    .default(false)
    .describe(
      'Makes an upright excerpt of each video that ends on a cliffhanger, and publishes it as a second video that names the first. See [video.md](video.md#shorts)',
    ),
  music: music
    .default('off')
    .describe(
      "Music under the voice: `off`, `calm` for the project's own loop, or a file below `library/music/` of the bucket",
    ),
  musicByMood: z
    .preprocess(fromJson('{"tense":"dark.mp3"}'), z.partialRecord(Mood, music))
    .default({})
    .describe(
      `Other music for the moods that the narrator \`llm\` gives sentences (${Mood.options.join(', ')}): \`{"tense":"dark.mp3","joyful":"off"}\`. See [video.md](video.md#music-by-mood)`,
    ),
  musicCredit: optionalText
    .pipe(z.string().max(300).optional())
    .describe('Author and licence of those files; printed in the description of each video'),
  contentCredentials: z
    .enum(['none', 'signed'])
    .default('none')
    .describe(
      'Signs each video with a C2PA manifest that says that a machine made parts of it; needs the secret `signing`. See [youtube.md](youtube.md#signed-content-credentials)',
    ),
  rendererInstanceType: alternatives
    .prefault(usualTypes.x86_64.renderer.join(','))
    .describe(
      `Instance types of the renderer, cheapest per video first; without capacity or quota the next is tried. A stage of \`arm64\` has \`${usualTypes.arm64.renderer.join(',')}\``,
    ),
  uploaderInstanceType: alternatives
    .prefault(usualTypes.x86_64.uploader.join(','))
    .describe(
      `The same for the uploader. A stage of \`arm64\` has \`${usualTypes.arm64.uploader.join(',')}\``,
    ),
  renderShards: z
    .union(
      [z.literal('auto'), z.coerce.number().int().min(0).max(mostShards.functions)],
      `must be auto or a whole number from 0 to ${mostShards.functions}`,
    )
    .default(0)
    .describe(
      `Shards in which the pieces of a video are made in parallel before the renderer joins them, at most ${mostShards.machines} on machines and ${mostShards.functions} on functions; \`auto\` takes as many as a video is worth. See [video.md](video.md#a-render-in-shards)`,
    ),
  renderShardsOn: z
    .enum(['machines', 'functions'])
    .default('machines')
    .describe(
      'What makes the shards: Spot machines, which cost least but boot, for long videos; or Lambda functions, which also make ordinary videos faster and get FFmpeg (GPL-3.0) as a layer. See [video.md](video.md#a-render-in-shards)',
    ),
  workerIdleMinutes: z.coerce
    .number()
    .int()
    .min(0)
    .max(60)
    .default(0)
    .describe(
      'Minutes that a renderer or an uploader waits for the next task after one that it has completed, instead of a new machine for each; 0 for none. See [faster-days.md](faster-days.md#machines-that-stay)',
    ),
  ffmpegPath: optionalText
    .pipe(path.optional())
    .describe('Your own FFmpeg; else one on PATH, else the one that the project installs'),
};
