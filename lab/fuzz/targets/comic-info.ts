import fc from 'fast-check';
import { parseComicInfo } from '../../../providers/chapters/library/comic-info.ts';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

const real = `<?xml version="1.0" encoding="utf-8"?>
<ComicInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Series>Kẻ trộm ô</Series><Number>1</Number>
<Title>Mưa &amp; nắng</Title><Writer>A, B</Writer><LanguageISO>vi</LanguageISO><Manga>YesAndRightToLeft</Manga>
<Pages><Page Image="0" Type="FrontCover"/></Pages></ComicInfo>`;

const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><ComicInfo><Series>&c;</Series></ComicInfo>`;
const outside =
  '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><ComicInfo><Series>&f;</Series></ComicInfo>';

/** The encoding that Windows uses. */
const wide = Buffer.from(`\uFEFF${real}`, 'utf16le');

const nested = fc
  .tuple(fc.constantFrom('a', 'Series', 'ComicInfo', '__proto__', 'constructor'), fc.nat(3000))
  .map(([tag, depth]) =>
    Buffer.from(`<ComicInfo>${`<${tag}>`.repeat(depth)}x${`</${tag}>`.repeat(depth)}</ComicInfo>`),
  );

const tokens = [
  '&#x0;',
  '&#99999999;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!DOCTYPE ',
  '<!ENTITY ',
  '&lol;',
  '</ComicInfo>',
];

/** Attacks the reader of ComicInfo.xml: mutated, deeply nested, with entities that grow or name files. */
export async function comicInfo(): Promise<Target> {
  return target(
    fc.oneof(
      {
        weight: 6,
        arbitrary: mutated([...[real, laughs, outside].map((one) => Buffer.from(one)), wide], tokens),
      },
      { weight: 1, arbitrary: nested },
    ),
    async (bytes) => {
      await refusedBy(['ChapterUnreadable'], () => {
        const { series, title, notes } = parseComicInfo(bytes, 'ComicInfo.xml');
        if (notes.some((note) => note.includes('\n'))) throw new Error(`a note of several lines: ${notes}`);
        if (/root:.*:0:0/.test(`${series}${title}`)) throw new Error('a local file was read');
      });
    },
  );
}
