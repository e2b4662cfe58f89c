import type { VideoFormat } from '../../../domain/video-format.ts';
import { subtitleFontName } from '../fonts.ts';
import { frameSizes } from '../shots/shot.ts';
import { framesPerSecond } from '../timeline.ts';
import type { Cue } from './captions.ts';

interface Look {
  size: number;
  beside: number;
  below: number;
  above: number;
  outline: number;
}

/** Margins in pixels of the frame. The player covers the lower part, the right and the top of an upright video. */
const looks: Readonly<Record<VideoFormat, Look>> = {
  '16:9': { size: 64, beside: 192, below: 62, above: 62, outline: 5 },
  '9:16': { size: 56, beside: 60, below: 400, above: 290, outline: 5 },
};

/**
 * Returns the subtitles of a stretch of the video as ASS whose clock begins with the stretch: white, outlined, within the
 * frame's safe margins. Undefined if there are none.
 */
export function assOf(
  cues: readonly Cue[],
  format: VideoFormat,
  firstFrame: number,
  frames: number,
): string | undefined {
  const [from, to] = [firstFrame / framesPerSecond, (firstFrame + frames) / framesPerSecond];
  const read = cues.filter(({ start, end }) => start < to && end > from);
  if (read.length === 0) return undefined;
  const { width, height } = frameSizes[format];
  const { size, beside, below, above, outline } = looks[format];
  const style = [
    ...['Default', subtitleFontName, size, '&H00FFFFFF', '&H00101010', '&H80000000', 0],
    ...[1, outline, 1.5, 2, beside, beside, below, 1],
  ];
  const events = read.map(
    ({ start, end, lines, atTop }) =>
      `Dialogue: 0,${stamp(start - from)},${stamp(Math.min(end, to) - from)},Default,0,0,${atTop ? `${above},{\\an8}` : '0,'}${lines.map(plain).join('\\N')}`,
  );
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${width}
PlayResY: ${height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: ${style.join(',')}

[Events]
Format: Layer, Start, End, Style, MarginL, MarginR, MarginV, Text
${events.join('\n')}
`;
}

/** ASS can't escape characters of markup, so similar ones replace them. */
const plain = (line: string) => line.replaceAll('{', '(').replaceAll('}', ')').replaceAll('\\', '/');

/** Formats hundredths of a second, as in ASS. */
function stamp(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const two = (value: number) => String(value).padStart(2, '0');
  const [minutes, rest] = [Math.floor(hundredths / 6000), hundredths % 6000];
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(Math.floor(rest / 100))}.${two(rest % 100)}`;
}
