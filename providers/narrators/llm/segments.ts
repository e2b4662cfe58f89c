import type { Panel } from '../../../domain/page.ts';
import type { SegmentDraft } from '../../../domain/script.ts';
import type { PageFacts } from '../../../domain/story.ts';
import { isInLatinLetters, isVietnamese } from '../../../domain/vietnamese.ts';
import { pause, pauseAfter } from '../frame.ts';
import { breaths, plain, speakable } from '../spoken.ts';
import { isForeign, quotesInstructions } from './checks.ts';
import type { PageReply } from './reply.ts';

/** Returns the segments of a checked reply, split into breaths, with every panel of the page on screen at some time. */
export function segmentsOf({ segments }: PageReply, page: number, panels: readonly Panel[]): SegmentDraft[] {
  const shown = panelsShown(segments, panels);
  const sayers = segments.map(({ text, speaker }) =>
    sayerOf(
      text,
      plain(speaker ?? '')
        .slice(0, 80)
        .trim(),
    ),
  );
  return segments.flatMap(({ text, kind, mood }, i) => {
    const parts = breaths(speakable(text));
    const called = sayers[i] ?? '';
    const next = sayers[i + 1];
    const turn = next === undefined ? undefined : { from: called, to: next };
    return parts.map((part, p): SegmentDraft => {
      const lastOfSegment = p === parts.length - 1;
      return {
        kind,
        text: part,
        page,
        panels: portion(shown[i] as string[], p, parts.length),
        pause_after: lastOfSegment
          ? pauseAfter(part, turn ? pause.panel : pause.page, { mood, turn })
          : pause.breath,
        ...(called && { speaker: called }),
        mood,
      };
    });
  });
}

/** Names that models give the narrator where the schema wants null. */
const narrator = /^((người )?(dẫn|kể)( chuyện| truyện)?|lời (dẫn|kể)|narrator|none|null)$/iu;
const saying = '(nói|hỏi|đáp|trả lời|kêu|gọi|hét|la|thét|thì thầm|lẩm bẩm|bảo|nghĩ|than|reo|mắng|cười)';

/**
 * Returns who says a text, empty for the narrator. Words that report what the character says, as `Lan hỏi: …`, are the narrator's,
 * whatever the model calls the speaker.
 */
export function sayerOf(text: string, speaker: string): string {
  const start = plain(text).normalize('NFC').toLowerCase();
  const name = speaker.normalize('NFC').toLowerCase();
  const told =
    start.startsWith(`${name} `) &&
    new RegExp(`^.{0,30}? ${saying}( |,|:)`, 'u').test(start.slice(name.length));
  return narrator.test(speaker) || told ? '' : speaker;
}

/** Returns the panels of each segment in reading order; an uncited panel is shown on the way to the next cited one. */
function panelsShown(segments: PageReply['segments'], panels: readonly Panel[]): string[][] {
  const order = panels.map(({ id }) => id);
  const cited = segments.map((segment) => new Set(segment.panels));
  for (const [position, id] of order.entries()) {
    if (cited.some((ids) => ids.has(id))) continue;
    const next = cited.find((ids) => order.slice(position + 1).some((later) => ids.has(later)));
    (next ?? cited.at(-1))?.add(id);
  }
  return cited.map((ids) => order.filter((id) => ids.has(id)));
}

/** Returns the panels of a segment that one breath gets, at least one. */
function portion(panels: string[], part: number, parts: number): string[] {
  const from = Math.min(Math.floor((part * panels.length) / parts), panels.length - 1);
  const to = Math.floor(((part + 1) * panels.length) / parts);
  return panels.slice(from, Math.max(from + 1, to));
}

const clip = (text: string, length: number) => plain(text).slice(0, length).trim();
/** Text that could not be spoken must not be remembered either. */
const isSafe = (text: string) => !isForeign(text) && !quotesInstructions(text);
const sentence = (text: string) => (isSafe(text) && isVietnamese(text) ? clip(text, 240) : '');
/** The narration would say it; dots and the narrator are not somebody. */
const isName = (text: string) =>
  /[\p{L}\p{N}]/u.test(text) && !narrator.test(text.trim()) && isSafe(text) && isInLatinLetters(text);
const sayable = (name: string) => (isName(name) ? clip(name, 80) : '');
const named = ({ name }: { name: string }) => name !== '';

/**
 * Returns what a reply adds to the story, bounded and cleaned; unsuitable facts are left out, since they are never
 * spoken.
 */
export function factsOf({ facts }: PageReply): PageFacts {
  const characters = facts.characters.map(({ name, original, address, about, gender, age, manner }) => ({
    name: sayable(name),
    original: isSafe(original) ? clip(original, 80) : '',
    address: sentence(address),
    about: sentence(about),
    ...{ gender, age, manner },
  }));
  const places = facts.places.map(({ name, about }) => ({
    name: sayable(name),
    about: sentence(about),
  }));
  return {
    characters: characters.filter(named).slice(0, 12),
    places: places.filter(named).slice(0, 6),
    events: facts.events.map(sentence).filter(Boolean).slice(0, 4),
  };
}
