import { concatList, joinArguments, pieceArguments } from './pieces/piece-arguments.ts';
import {
  decodeArguments,
  encodeSoundArguments,
  measureFileArguments,
  measureTrackArguments,
  readMeasured,
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
    expect(lines(joinArguments('list.txt', 'sound.m4a', 'video.mp4'))).toMatchInlineSnapshot(`
"-f concat
-safe 0
-i list.txt
-i sound.m4a
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
    expect(lines(measureTrackArguments('track.s16'))).toMatchInlineSnapshot(`
"-f s16le
-ar 48000
-ac 1
-i track.s16
-af pan=stereo|c0=c0|c1=c0,ebur128=framelog=verbose
-f null
-"
`);
    expect(lines(measureTrackArguments('track.s16', mastering))).toMatchInlineSnapshot(`
"-f s16le
-ar 48000
-ac 1
-i track.s16
-af volume=1.99dB,aresample=192000,alimiter=limit=0.7943:attack=2:release=60:level=disabled,aresample=48000,pan=stereo|c0=c0|c1=c0,ebur128=framelog=verbose
-f null
-"
`);
    expect(lines(measureFileArguments('sound.m4a'))).toMatchInlineSnapshot(`
"-i sound.m4a
-map 0:a:0
-af ebur128=peak=true:framelog=verbose
-f null
-"
`);
    expect(lines(encodeSoundArguments('track.s16', mastering, 'sound.m4a'))).toMatchInlineSnapshot(`
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
-f mp4 sound.m4a"
`);
  });
  test('read what was measured, and hear silence', () => {
    const log = (loudness: string, peak: string) =>
      `Integrated loudness:\n    I:         ${loudness} LUFS\n  True peak:\n    Peak:       ${peak} dBFS`;
    expect(readMeasured(log('-18.3', '-2.4'))).toEqual({ loudness: -18.3, peak: -2.4 });
    expect(readMeasured(log('-70.0', '-inf'))).toBeUndefined();
    expect(readMeasured('')).toBeUndefined();
  });
});
