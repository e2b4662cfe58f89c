import type { Chapter } from './chapter.ts';
import { VideoMetadata } from './publication.ts';

/** YouTube's limits: title in characters, description in bytes, all tags together in characters. */
const maxTitle = 100;
const maxDescription = 5000;
const maxTags = 500;

/** YouTube refuses angle brackets and turns line breaks of a title into errors. */
const withoutBrackets = (text: string) => text.replace(/[<>]/g, '');
const oneLine = (text: string) => withoutBrackets(text).replace(/\s+/g, ' ').trim();

function cutToLength(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = [...text];
  while (Buffer.byteLength(kept.join('')) > bytes - 3) kept = kept.slice(0, -16);
  return `${kept.join('').trimEnd()}…`;
}

/** Title, description and tags of a chapter's video, from what its source knows of it. */
export function videoMetadata(chapter: Chapter): VideoMetadata {
  const heading = [chapter.number === null ? null : `Chương ${chapter.number}`, chapter.title]
    .filter(Boolean)
    .join(': ');
  const title = oneLine([chapter.manga_title, heading].filter(Boolean).join(' – '));
  const credits = chapter.credits.map(({ role, name }) => `${role}: ${name}`);
  const description = [
    chapter.summary,
    credits.length > 0 ? credits.join('\n') : null,
    chapter.licence && `Giấy phép: ${chapter.licence}`,
    chapter.source.url && `Nguồn: ${chapter.source.url}`,
    'Giọng đọc được tạo bằng máy.',
  ];
  const tags: string[] = [];
  for (const tag of [chapter.manga_title, 'truyện tranh', 'đọc truyện', 'manga', 'tiếng Việt'].map(oneLine)) {
    if (tag && [...tags, tag].join(',').length <= maxTags) tags.push(tag);
  }
  return VideoMetadata.parse({
    title: cutToLength(title, maxTitle),
    description: cutToBytes(withoutBrackets(description.filter(Boolean).join('\n\n')), maxDescription),
    tags,
    language: 'vi',
  });
}
