import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VideoFormat } from '../../../domain/video-format.ts';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { subtitleFonts } from '../fonts.ts';
import { pieceArguments } from '../pieces/piece-arguments.ts';
import { frameSizes } from '../shots/shot.ts';
import { assOf } from './burnt-subtitles.ts';

let folder: string;
let ffmpeg: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnt-test-'));
  ffmpeg = await findFfmpeg(undefined);
});
afterAll(() => rm(folder, { recursive: true }));

const cues = [
  { start: 9.5, end: 10.2, lines: ['Sớm'] },
  { start: 10.5, end: 11, lines: ['Ẵm mèo lên đường, hỡi những phù thủy', 'nhỏ: “Ễnh ương”!'] },
  { start: 13, end: 14, lines: ['Muộn'] },
];

describe('subtitles in the pictures', () => {
  test('are those of the stretch, on its own clock, with escaped markup', () => {
    const ass = assOf([...cues, { start: 11.2, end: 11.9, lines: ['{\\b1}a\\Nb'] }], '16:9', 300, 60) ?? '';
    expect(ass.split('\n').filter((line) => line.startsWith('Dialogue'))).toEqual([
      'Dialogue: 0,0:00:00.00,0:00:00.20,Default,0,0,0,Sớm',
      'Dialogue: 0,0:00:00.50,0:00:01.00,Default,0,0,0,Ẵm mèo lên đường, hỡi những phù thủy\\Nnhỏ: “Ễnh ương”!',
      'Dialogue: 0,0:00:01.20,0:00:01.90,Default,0,0,0,(/b1)a/Nb',
    ]);
    expect(assOf(cues, '16:9', 0, 60)).toBeUndefined();
  });

  test('leave the top of the picture to a notice, below what the player shows there', () => {
    const ass = assOf([{ start: 10, end: 12, lines: ['{Máy}'], atTop: true }], '9:16', 300, 60);
    expect(ass).toContain('Dialogue: 0,0:00:00.00,0:00:02.00,Default,0,0,290,{\\an8}(Máy)\n');
  });

  test.each(VideoFormat.options)(
    'are within the safe margins while they are spoken, and only then: %s',
    async (format) => {
      const { width, height } = frameSizes[format];
      // FFmpeg's filters have special characters.
      const place = join(folder, `${format.replace(':', '-')} it's, [here]; a:b`);
      await mkdir(place);
      const file = join(place, 'piece.ass');
      await writeFile(file, assOf(cues, format, 300, 60) ?? '');
      const black = Buffer.concat([
        Buffer.alloc(width * height, 16),
        Buffer.alloc((width * height) / 2, 128),
      ]);
      async function* frames() {
        for (let frame = 0; frame < 40; frame++) yield black;
      }
      const [piece, grey] = [join(place, 'piece.mp4'), join(place, 'grey')];
      const run = { binary: ffmpeg, timeoutMs: 60_000 };
      const burnt = { file, fonts: subtitleFonts() };
      await runFfmpeg(pieceArguments(format, piece, burnt), { ...run, input: frames() });
      await runFfmpeg(['-i', piece, '-vf', 'fps=10', '-pix_fmt', 'gray', '-f', 'rawvideo', grey], run);
      const pictures = await readFile(grey);
      const white = (tenth: number) => {
        const picture = pictures.subarray(tenth * width * height, (tenth + 1) * width * height);
        const found = { left: width, right: 0, top: height, bottom: 0, pixels: 0 };
        for (const [at, value] of picture.entries()) {
          if (value < 180) continue;
          const [x, y] = [at % width, Math.floor(at / width)];
          found.left = Math.min(found.left, x);
          found.right = Math.max(found.right, x);
          found.top = Math.min(found.top, y);
          found.bottom = Math.max(found.bottom, y);
          found.pixels++;
        }
        return found;
      };
      expect(white(3).pixels).toBe(0);
      expect(white(12).pixels).toBe(0);
      const { left, right, top, bottom, pixels } = white(8);
      expect(pixels).toBeGreaterThan(3000);
      expect(left).toBeGreaterThan(width * 0.05);
      expect(right).toBeLessThan(width * 0.95);
      expect(bottom).toBeLessThan(height * (format === '16:9' ? 0.95 : 0.82));
      expect(bottom - top).toBeGreaterThan(70);
      expect(bottom - top).toBeLessThan(170);
    },
    60_000,
  );
});
