/**
 * `make review VIDEO=…`: draws one frame of each shot of a finished video with its text and who says it in which voice, as pictures of 24
 * shots each. Reads `shots.json`, `captions.vi.srt`, `script.json` and `speech.json` next to the video, where the folder publisher,
 * `make demo` and `make review JOB=… OPEN=1` put them.
 */
import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type * as z from 'zod';
import { ConfigurationError } from '../domain/errors.ts';
import { Script } from '../domain/script.ts';
import { Shots } from '../domain/shots.ts';
import { Speech } from '../domain/speech.ts';
import { findFfmpeg } from '../providers/media/find-media-binary.ts';
import { readSrt, said } from './contact-sheet/captions.ts';
import { sayersOf } from './contact-sheet/sayers.ts';
import { drawSheet, shotsPerSheet } from './contact-sheet/sheet.ts';

export async function drawSheets(video: string): Promise<void> {
  await access(video).catch(() => {
    throw new ConfigurationError(`${video} does not exist`);
  });
  const { shots, frames_per_second: rate } = await beside(video, 'shots.json', inJson(Shots));
  const cues = await beside(video, 'captions.vi.srt', readSrt);
  const script = await beside(video, 'script.json', inJson(Script));
  const speech = await beside(video, 'speech.json', inJson(Speech));
  const ffmpeg = await findFfmpeg(undefined);
  for (let first = 0; first < shots.length; first += shotsPerSheet) {
    const file = video.replace(
      /(\.\w+)?$/,
      `.shots-${String(first / shotsPerSheet + 1).padStart(2, '0')}.jpg`,
    );
    const cells = shots.slice(first, first + shotsPerSheet).map((shot, index) => {
      const [from, to] = [shot.first_frame, shot.first_frame + shot.frames].map((frame) => frame / rate);
      const where = `${first + index + 1} · ${shot.card ? `${shot.card.kind} card` : (shot.panel ?? `page ${shot.page}`)}`;
      return {
        at: ((from ?? 0) + (to ?? 0)) / 2,
        title: where,
        sayers: sayersOf(shot.segments, script, speech),
        text: said(cues, from ?? 0, to ?? 0),
      };
    });
    await drawSheet(video, cells, file, ffmpeg);
    console.log(relative('', file));
  }
}

const inJson =
  <T>(schema: z.ZodType<T>) =>
  (text: string): T =>
    schema.parse(JSON.parse(text));

/** Reads a file beside a video. Throws ConfigurationError that says which commands store it there. */
async function beside<T>(video: string, name: string, parse: (text: string) => T): Promise<T> {
  const file = join(dirname(video), name);
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (error) {
    const fault =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : `can't be used (${error})`;
    throw new ConfigurationError(
      `${file} ${fault}. make demo, the publisher folder and make review JOB=… OPEN=1 store it beside a video; to get it for another video, make the chapter again: make demo CHAPTER=… AGAIN=1`,
      { cause: error },
    );
  }
}
