import { concatList, joinArguments, pieceArguments } from './pieces/piece-arguments.ts';
import {
  checkArguments,
  decodeArguments,
  driveArguments,
  encodeSoundArguments,
  readPeak,
} from './sound/sound-arguments.ts';

/** Prints one option per line instead of one word. */
const lines = (args: string[]) => args.join(' ').replaceAll(' -', '\n-');

describe('arguments to FFmpeg', () => {
  test('encode a piece', () => {
    expect(lines(pieceArguments('16:9', 'piece.mp4'))).toMatchInlineSnapshot(`
"-f rawvideo
-pix_fmt yuv420p
-s 1920x1080
-r 30
-i pipe:0
-an
-c:v libx264
-preset veryfast
-crf 20.5
-profile:v high
-level:v 4.1
-threads 1
-g 150
-x264-params open-gop=0:stitchable=1:rc-lookahead=5:b-pyramid=none:subme=2:b-adapt=0:partitions=i4x4,i8x8
-color_range tv
-colorspace bt709
-color_primaries bt709
-color_trc bt709
-video_track_timescale 15360
-map_metadata
-1
-flags +bitexact
-fflags +bitexact
-f mp4 piece.mp4"
`);
  });
  test('join pieces and sound', () => {
    expect(lines(joinArguments('list.txt', 'sound.aac', 'video.mp4'))).toMatchInlineSnapshot(`
"-xerror
-f concat
-safe 0
-i list.txt
-itsoffset
-0.021333333333333333
-i sound.aac
-map 0:v:0
-map 1:a:0
-c copy
-video_track_timescale 15360
-map_metadata
-1
-metadata:s:a:0 language=vie
-movflags +faststart
-fflags +bitexact
-f mp4 video.mp4"
`);
    expect(concatList([{ file: "/tmp/it's.mp4", frames: 100 }])).toBe(
      "ffconcat version 1.0\nfile '/tmp/it'\\''s.mp4'\nduration 3.333333\n",
    );
  });
  test('decode, measure and encode sound', () => {
    expect(
      lines(
        decodeArguments([
          { mp3: '0.mp3', raw: '0.s16' },
          { mp3: '1.mp3', raw: '1.s16' },
        ]),
      ),
    ).toMatchInlineSnapshot(`
"-i 0.mp3
-i 1.mp3
-map 0:a:0
-f s16le
-ar 48000
-ac 1 0.s16
-map 1:a:0
-f s16le
-ar 48000
-ac 1 1.s16"
`);
    const mastering = { gain: 1.99, ceiling: -2 };
    expect(lines(driveArguments('track.s16', [8, 10], (drive) => `${drive}.s16`))).toMatchInlineSnapshot(`
"-f s16le
-ar 48000
-ac 1
-i track.s16
-filter_complex [0:a]asplit=2[i0][i1];[i0]volume=8.00dB,alimiter=limit=1:attack=2:release=60:level=disabled[o0];[i1]volume=10.00dB,alimiter=limit=1:attack=2:release=60:level=disabled[o1]
-map [o0]
-f s16le
-ar 48000
-ac 1 8.s16
-map [o1]
-f s16le
-ar 48000
-ac 1 10.s16"
`);
    expect(lines(checkArguments('sound.aac', { from: 1024, to: 2048 }, 'sound.s16'))).toMatchInlineSnapshot(`
"-i sound.aac
-filter_complex [0:a:0]asplit[both][whole];[both]pan=mono|c0=0.5*c0+0.5*c1[raw];[whole]atrim=start_sample=1024:end_sample=2048,ebur128=peak=true:framelog=verbose[checked]
-map [raw]
-f s16le
-ar 48000
-ac 1 sound.s16
-map [checked]
-f null
-"
`);
    expect(lines(encodeSoundArguments('track.s16', mastering, 'sound.aac'))).toMatchInlineSnapshot(`
"-f s16le
-ar 48000
-ac 1
-i track.s16
-af volume=1.99dB,aresample=192000,alimiter=limit=0.7943:attack=2:release=60:level=disabled,aresample=48000,pan=stereo|c0=c0|c1=c0
-c:a aac
-b:a 128k
-ar 48000
-ac 2
-threads 1
-map_metadata
-1
-flags +bitexact
-fflags +bitexact
-f adts sound.aac"
`);
  });
  test('read the true peak of the last summary, since FFmpeg prepares filters twice, and hear silence', () => {
    const log = (peak: string) => `  True peak:\n    Peak:       ${peak} dBFS`;
    expect(readPeak(log('-2.4'))).toBe(-2.4);
    expect(readPeak(log('-inf'))).toBeUndefined();
    expect(readPeak(`${log('-inf')}\nStream mapping:\n${log('-0.8')}`)).toBe(-0.8);
    expect(() => readPeak('')).toThrow('not measured');
  });
});
