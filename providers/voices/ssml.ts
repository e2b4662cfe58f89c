/** Style of speaking. */
export interface SpeakingManner {
  /** Microsoft's name of it: vi-VN-HoaiMyNeural. */
  speaker: string;
  /** Percent faster (or, negative, slower) than the voice's default pace. */
  ratePercent: number;
  /** Hertz above or below the voice's default pitch. */
  pitchHz: number;
  /** One of the speaker's styles; only Azure has them. */
  style?: string;
}

/** Both Vietnamese voices of Microsoft's neural speech: a woman's and a man's. */
export const speakers = ['vi-VN-HoaiMyNeural', 'vi-VN-NamMinhNeural'] as const;

const signed = (value: number, unit: string) => `${value < 0 ? '' : '+'}${Math.round(value)}${unit}`;

/** Escapes text for XML; characters that XML does not allow (control characters, lone surrogates) become spaces. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replace(/[<>&'"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

const silences =
  "<mstts:silence type='Leading-exact' value='50ms'/><mstts:silence type='Tailing-exact' value='80ms'/>";

/**
 * Returns SSML. `tight` requests almost no silence around the speech: only Azure supports that, Edge rejects the
 * markup.
 */
export function ssml(
  text: string,
  { speaker, ratePercent, pitchHz, style }: SpeakingManner,
  { tight = false } = {},
): string {
  const prosody = `<prosody pitch='${signed(pitchHz, 'Hz')}' rate='${signed(ratePercent, '%')}' volume='+0%'>`;
  const spoken = `${prosody}${escapeXml(text)}</prosody>`;
  const styled = style
    ? `<mstts:express-as style='${escapeXml(style)}'>${spoken}</mstts:express-as>`
    : spoken;
  return (
    `<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis'${tight ? " xmlns:mstts='https://www.w3.org/2001/mstts'" : ''} xml:lang='vi-VN'>` +
    `<voice name='${escapeXml(speaker)}'>${tight ? silences : ''}${styled}</voice></speak>`
  );
}
