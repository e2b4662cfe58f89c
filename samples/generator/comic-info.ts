import { chapter } from './chapter.ts';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Returns ComicRack's metadata, with elements in the order of its schema. */
export function comicInfo(sizes: { bytes: number; width: number; height: number }[]): string {
  const fields: [name: string, value: string | number][] = [
    ['Title', chapter.title],
    ['Series', chapter.series],
    ['Number', chapter.number],
    ['Summary', chapter.summary],
    ['Notes', `${chapter.licence}. Story, art and lettering: ${chapter.author}.`],
    ['Year', 2026],
    ['Writer', chapter.author],
    ['Penciller', chapter.author],
    ['Genre', 'Comedy, Slice of Life'],
    ['PageCount', sizes.length],
    ['LanguageISO', 'vi'],
    ['BlackAndWhite', 'No'],
    ['Manga', 'YesAndRightToLeft'],
    ['AgeRating', 'Everyone'],
  ];
  const pages = sizes.map(
    ({ bytes, width, height }, index) =>
      `    <Page Image="${index}"${index === 0 ? ' Type="FrontCover"' : ''} ImageSize="${bytes}" ImageWidth="${width}" ImageHeight="${height}" />`,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<ComicInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">',
    ...fields.map(([name, value]) => `  <${name}>${escapeXml(String(value))}</${name}>`),
    '  <Pages>',
    ...pages,
    '  </Pages>',
    '</ComicInfo>',
    '',
  ].join('\n');
}
