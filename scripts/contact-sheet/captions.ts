export interface SaidCue {
  start: number;
  end: number;
  text: string;
}

const seconds = (stamp: string) => {
  const [h = 0, m = 0, s = 0] = stamp.replace(',', '.').split(':').map(Number);
  return h * 3600 + m * 60 + s;
};

/** Parses SubRip as the renderer writes it. */
export function readSrt(text: string): SaidCue[] {
  return text.split(/\n\n/).flatMap((block) => {
    const [, times = '', ...lines] = block.trim().split('\n');
    const [start, end] = times.split(' --> ');
    return start && end ? [{ start: seconds(start), end: seconds(end), text: lines.join(' ') }] : [];
  });
}

/** Returns all captions between two times, as whole cues. */
export const said = (cues: readonly SaidCue[], from: number, to: number): string =>
  cues
    .filter(({ start, end }) => start < to - 0.1 && end > from + 0.1)
    .map(({ text }) => text)
    .join(' ');
