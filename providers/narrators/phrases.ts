import { isSayable } from 'vietnamese-speech';
import type { ChapterMetadata, Credit } from '../../domain/chapter.ts';
import { chapterNumber, ownTitle, spokenSeries } from '../../domain/chapter-names.ts';
import { secondsOfCredits } from '../../domain/end-card.ts';
import type { FollowingChapter } from '../../domain/following-chapter.ts';
import type { Recap } from '../../domain/story.ts';
import { plain, secondsToSay } from './spoken.ts';

const longestName = 120;

/** Returns an untrusted name as part of a sentence: plain, bounded, without marks that would end the sentence. */
function name(text: string): string {
  const clean = plain(text).replace(/[<>{}[\]|\\^`~_*#]/gu, ' ');
  const short = clean.length > longestName ? `${clean.slice(0, longestName).replace(/\s\S*$/u, '')}` : clean;
  return short
    .replace(/&/gu, ' và ')
    .replace(/\s+/gu, ' ')
    .replace(/[\s.,;:]+$/u, '')
    .trim();
}

/** Like `name`, but empty for text that a Vietnamese voice can't say, which is then only shown. */
const sayable = (text: string | null) => (text !== null && isSayable(text) ? name(text) : '');

/** Returns a chapter's series, number and title; each is empty if it is unknown or can't be spoken. */
function spokenNames(chapter: ChapterMetadata) {
  return {
    series: sayable(spokenSeries(chapter)),
    number: sayable(chapterNumber(chapter)),
    title: sayable(ownTitle(chapter)),
  };
}

/** Returns the welcome: series, number and title as far as they are known. */
export function opening(metadata: ChapterMetadata): string {
  const { series, number, title } = spokenNames(metadata);
  const place = [series, number && `chương ${number}`].filter(Boolean).join(', ');
  const told = [place, title].filter(Boolean).join(': ');
  return ended(told ? `Chào mừng các bạn đến với ${told}` : 'Chào mừng các bạn');
}

/** Returns the announcement of the next chapter in a video with several. */
export function announcement(metadata: ChapterMetadata): string {
  const { number, title } = spokenNames(metadata);
  const chapter = number ? `Chương ${number}` : 'Chương tiếp theo';
  return ended(title ? `${chapter}: ${title}` : chapter);
}

/** Returns a sentence that makes viewers curious, before the welcome. */
export const hook = (headline: string): string => ended(plain(headline));

/** Returns what happened in the chapter before, or in an earlier one, which is named: a sentence for each event. */
export function recap({ number, events }: Recap): string[] {
  const spoken = sayable(chapterNumber({ number }));
  const where = number === null ? 'chương trước' : spoken ? `chương ${spoken}` : 'một chương trước';
  return events.map((event, index) => `${index === 0 ? `Ở ${where}: ` : ''}${ended(plain(event))}`);
}

const goodbye = 'Hẹn gặp lại trong video sau';

/** Returns a farewell whose last sentence points to the next chapter: by its number, if it has one. */
export function untilNext(farewell: string, following: FollowingChapter): string {
  const number = chapterNumber(following) ?? '';
  const next = /^\d+$/.test(number) ? `chương ${number}` : 'chương tiếp theo';
  return farewell.replace(/[^.!?…]*[.!?…]$/u, ` Hẹn gặp lại ở ${next}.`).trim();
}

/** Seconds of a farewell, unless the end card is shown for longer: the story is over, and viewers leave. */
const longestFarewell = 10;

/**
 * Returns the farewell: the work, its first authors, its licence, and the others as far as there is time. The
 * description has all of them.
 */
export function closing(metadata: ChapterMetadata): string {
  const { series, number } = spokenNames(metadata);
  const { credits, licence } = metadata;
  const [authors = '', ...others] = spokenCredits(credits);
  const granted = licence ? spokenLicence(licence) : '';
  const chosen = new Set<string>();
  const told = (end: string) =>
    [end, ...[authors, ...others, granted].filter((sentence) => chosen.has(sentence)), goodbye]
      .map(ended)
      .join(' ');
  const longest = Math.max(longestFarewell, secondsOfCredits(metadata));
  const fits = (text: string) => secondsToSay(text) <= longest;
  const short = `${number ? `Chương ${number}` : 'Câu chuyện'} đến đây là hết`;
  const long = `${number ? `Chương ${number}${series && ` của ${series}`}` : series || 'Câu chuyện'} đến đây là hết`;
  const end = fits(told(long)) ? long : short;
  for (const sentence of [authors, granted, ...others]) {
    if (sentence === '') continue;
    chosen.add(sentence);
    if (!fits(told(end))) chosen.delete(sentence);
  }
  return told(end);
}

/** Returns "Kịch bản và tranh: A" and "Dịch: B": roles of one person together, in the source's order. */
function spokenCredits(credits: readonly Credit[]): string[] {
  const roles = new Map<string, string[]>();
  for (const credit of credits) {
    const person = sayable(credit.name);
    const role = sayable(credit.role).toLowerCase();
    if (!person || !role) continue;
    roles.set(person, [...(roles.get(person) ?? []), role]);
  }
  return [...roles].slice(0, 4).map(([person, of]) => {
    const list = of.length > 1 ? `${of.slice(0, -1).join(', ')} và ${of.at(-1)}` : (of[0] as string);
    return `${list.charAt(0).toUpperCase()}${list.slice(1)}: ${person}`;
  });
}

const conditions: Record<string, string> = {
  by: 'Ghi công',
  nc: 'Phi thương mại',
  nd: 'Không phái sinh',
  sa: 'Chia sẻ tương tự',
};

/** Names a Creative Commons licence in Vietnamese; for any other it only mentions a licence, since notes are long. */
function spokenLicence(licence: string): string {
  if (/\bCC0\b|public domain/i.test(licence)) return 'Tác phẩm thuộc phạm vi công cộng';
  const found = /\bCC[ -](BY(?:-(?:NC|ND|SA))*)(?:[ -](\d(?:\.\d)?))?/i.exec(licence);
  if (!found) return '';
  const terms = (found[1] as string)
    .toLowerCase()
    .split('-')
    .map((term) => conditions[term]);
  const version = found[2] ? ` ${found[2]}` : '';
  return `Giấy phép Creative Commons ${terms.join(', ')}${version}`;
}

const silences = [
  'Không một lời nào, chỉ có hình ảnh kể tiếp câu chuyện.',
  'Khung cảnh lặng im, ta hãy cùng nhìn kỹ từng chi tiết.',
  'Trang này không có lời thoại, mọi điều đều nằm trong nét vẽ.',
  'Một khoảng lặng trôi qua trước khi câu chuyện tiếp tục.',
  'Các nhân vật không nói gì, nhưng hình ảnh đã nói thay họ.',
  'Câu chuyện tiếp diễn trong im lặng.',
  'Ta cùng dừng lại một chút để ngắm nhìn cảnh này.',
] as const;

/**
 * Returns the sentence over a page without words; chosen by page number, so that neighbours differ and reruns do not.
 */
export function silence(page: number): string {
  return silences[page % silences.length] as string;
}

const ended = (sentence: string) => (/[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`);
