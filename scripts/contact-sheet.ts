/**
 * `make review VIDEO=…`: draws one frame of each shot of a finished video with its text and who says it in which voice, as pictures of 24
 * shots each. Reads `shots.json`, `captions.vi.srt`, `script.json` and `speech.json` next to the video, where the folder publisher puts
 * them.
 */
import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
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
  const beside = (name: string) =>
    readFile(join(dirname(video), name), 'utf8').catch((error: unknown) => {
      throw new ConfigurationError(
        `${join(dirname(video), name)} can't be read: render the video again (${error})`,
      );
    });
  const { shots, frames_per_second: rate } = Shots.parse(JSON.parse(await beside('shots.json')));
  const cues = readSrt(await beside('captions.vi.srt'));
  const script = Script.parse(JSON.parse(await beside('script.json')));
  const speech = Speech.parse(JSON.parse(await beside('speech.json')));
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
