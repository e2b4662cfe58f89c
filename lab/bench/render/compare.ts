import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { framesPerSecond } from '../../../workers/renderer/timeline.ts';
import { type Contestant, type Round, videoFile } from './contestants.ts';
import { comparedFrames, referenceFrame } from './reference.ts';

/** Pictures repeat each minute. */
const comparedSeconds = 60;

/** Returns the SSIM of a contestant's video against reference frames, over some frames of each shot of its first minute. */
export async function similarity(round: Round, name: Contestant): Promise<number> {
  let sum = 0;
  let count = 0;
  let frames = 0;
  for (const piece of round.pieces) {
    if (frames >= comparedSeconds * framesPerSecond) break;
    frames += piece.frames;
    const compared = comparedFrames(piece.draw);
    const reference = join(round.folder, `reference-${piece.index}.yuv`);
    const expected: Uint8Array[] = [];
    for (const { shot, inShot } of compared) expected.push(await referenceFrame(piece.draw, shot, inShot));
    await writeFile(reference, Buffer.concat(expected));
    const chosen = compared.map(({ inPiece }) => `eq(n,${inPiece})`).join('+');
    const log = await runFfmpeg(
      [
        ...['-i', videoFile(round, name, piece), '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '1920x1080'],
        ...['-r', '30', '-i', reference, '-lavfi'],
        `[0:v]select='${chosen}',setpts=N/30/TB[a];[1:v]setpts=N/30/TB[b];[a][b]ssim`,
        ...['-f', 'null', '-'],
      ],
      { binary: round.ffmpeg, timeoutMs: 120_000 },
    );
    const all = /SSIM.* All:([\d.]+)/.exec(log)?.[1];
    if (all === undefined) throw new Error(`FFmpeg reported no SSIM: ${log.slice(-500)}`);
    sum += Number(all) * compared.length;
    count += compared.length;
  }
  return sum / count;
}
