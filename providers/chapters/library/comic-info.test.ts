import { parseComicInfo } from './comic-info.ts';

const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const info = (inner: string, prolog = '<?xml version="1.0" encoding="utf-8"?>') =>
  `${prolog}<ComicInfo>${inner}</ComicInfo>`;
const parsed = (text: string | Uint8Array) => parseComicInfo(Buffer.from(text as string), 'ComicInfo.xml');

test('numeric references become characters, in both their forms, and an escaped one stays as it is', () => {
  const { series, title, summary } = parsed(
    info(
      '<Series>Ng&#245; M&#xe2;y</Series><Title>K&#7867; tr&#7897;m</Title><Summary>&amp;#7897; &lt;b&gt; &apos;</Summary>',
    ),
  );
  expect([series, title, summary]).toEqual(['Ngõ Mây', 'Kẻ trộm', "&#7897; <b> '"]);
});

test('references to invalid characters are removed', () => {
  expect(parsed(info('<Series>a&#0;b&#xD800;c&#x110000;d</Series>')).series).toBe('abcd');
});

test.each<[string, Uint8Array]>([
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${info('<Series>Mèo</Series>')}`)],
  ['UTF-16 LE with a mark', utf16(`\uFEFF${info('<Series>Mèo</Series>')}`)],
  ['UTF-16 BE with a mark', utf16(`\uFEFF${info('<Series>Mèo</Series>')}`, true)],
  ['UTF-16 LE without a mark', utf16(info('<Series>Mèo</Series>'))],
  ['UTF-16 BE without a mark', utf16(info('<Series>Mèo</Series>', ''), true)],
  [
    'Latin-1 as declared',
    Buffer.from(info('<Series>Mèo</Series>', '<?xml version="1.0" encoding="ISO-8859-1"?>'), 'latin1'),
  ],
  [
    'Windows-1258 as declared',
    Buffer.from(info('<Series>Mèo</Series>', '<?xml version="1.0" encoding="windows-1258"?>'), 'latin1'),
  ],
  ["UTF-8 with HTML's names of letters", Buffer.from(info('<Series>M&egrave;o</Series>'))],
  [
    'UTF-8 that is declared as UTF-16',
    Buffer.from(info('<Series>Mèo</Series>', '<?xml version="1.0" encoding="utf-16"?>')),
  ],
])('reads %s', (_, bytes) => {
  expect(parseComicInfo(bytes, 'ComicInfo.xml')).toMatchObject({ series: 'Mèo', notes: [] });
});

test('guesses an encoding that differs from the declared one, and adds a note', () => {
  const { series, notes } = parseComicInfo(
    Buffer.from(info('<Series>Astérix à Rome</Series>'), 'latin1'),
    'x.xml',
  );
  expect(series).toBe('Astérix à Rome');
  expect(notes).toEqual(['x.xml is not valid utf-8, and is read as windows-1252']);
});

test('reads UTF-8 that is declared as a code page of single bytes, and adds a note', () => {
  const { series, notes } = parsed(
    info('<Series>Mèo</Series>', '<?xml version="1.0" encoding="windows-1258"?>'),
  );
  expect(series).toBe('Mèo');
  expect(notes).toEqual(['ComicInfo.xml is declared as windows-1258, and is read as utf-8']);
});

test('a broken byte leaves the rest in UTF-8, and its field is not used', () => {
  const bytes = Buffer.from(info('<Series>Ngõ Mây</Series><Title>Kẻ trộ? mèo</Title><Writer>Đỗ</Writer>'));
  const at = bytes.indexOf('?', 40);
  bytes[at] = 0xe8;
  const { series, title, credits, notes } = parsed(bytes);
  expect([series, title, credits]).toEqual(['Ngõ Mây', null, [{ role: 'Kịch bản', name: 'Đỗ' }]]);
  expect(notes).toEqual([
    `ComicInfo.xml is UTF-8 with 1 broken character: byte ${at + 1} is 0xe8`,
    'ComicInfo.xml has a broken character in Title, which is not used: Kẻ trộ� mèo',
  ]);
});

test('a broken byte does not hide that a note forbids republication', () => {
  const bytes = Buffer.from(info('<Notes>Nhóm dịch M?o. Vui lòng không reup, cảm ơn!</Notes>'));
  bytes[bytes.indexOf('?', 40)] = 0xff;
  const [note] = parsed(bytes).limitingNotes;
  expect(note?.sentences).toEqual(['Vui lòng không reup, cảm ơn!']);
  // What was lost could differ from chapter to chapter, so that an approval is not remembered.
  expect(note?.text_hash).toBeNull();
});

test.each<[string, string, string | null]>([
  ['a bare &', info('<Series>Tom & Jerry</Series>'), 'Tom & Jerry'],
  ['a control character', info('<Series>Tom\u0001</Series>'), 'Tom'],
  ['an element that is not closed', '<ComicInfo><Series>Tom</Series><Title>x', 'Tom'],
  ['another document', '<html><body>404</body></html>', null],
  ['an empty file', '', null],
  ['more than a megabyte', info(`<Series>${'x'.repeat(1_100_000)}</Series>`), null],
  ['entities', `<!DOCTYPE x [<!ENTITY a "ha">]>${info('<Series>&a;</Series>', '')}`, null],
  [
    'an entity for a local file',
    `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${info('<Series>&f;</Series>', '')}`,
    null,
  ],
])('notes %s, and reads what can be read', (_, text, series) => {
  const read = parsed(text);
  expect(read.series).toBe(series);
  expect(read.notes).toHaveLength(1);
});

test('reads volume, age, direction, languages and the localized title', () => {
  expect(
    parsed(
      info(`<series>進撃の巨人</series><LocalizedSeries>Attack on Titan</LocalizedSeries><Volume>03</Volume><Number>001</Number>
        <AgeRating>Mature 17+</AgeRating><Manga>YesAndRightToLeft</Manga><LanguageISO>jpn</LanguageISO>`),
    ),
  ).toMatchObject({
    ...{
      series: '進撃の巨人',
      localizedSeries: 'Attack on Titan',
      volume: '3',
      number: '1',
      ageRating: 'Mature 17+',
    },
    ...{ direction: 'rtl', language: 'ja', notes: [] },
  });
  expect(parsed(info('<Volume>-1</Volume><AgeRating>Unknown</AgeRating><Manga>Yes</Manga>'))).toMatchObject({
    volume: null,
    ageRating: null,
    direction: 'unknown',
  });
  expect(parsed(info('<LanguageISO>xyz</LanguageISO>'))).toMatchObject({
    language: null,
    notes: ['ComicInfo.xml gives the language as xyz, which is not a language'],
  });
});

test('notes that forbid republication are a reason to hold a chapter, never a licence', () => {
  expect(parsed(info('<Notes>© 2024 Group. Do not reupload!</Notes>'))).toMatchObject({
    licence: null,
    limitingNotes: [{ sentences: ['Do not reupload!'] }],
  });
  expect(parsed(info('<Notes>Licence: CC BY 4.0</Notes>'))).toMatchObject({
    licence: 'Licence: CC BY 4.0',
    limitingNotes: [],
  });
});

test('reads a document with CDATA, a namespace and a repeated field', () => {
  const text =
    '<c:ComicInfo xmlns:c="x"><c:Series><![CDATA[Tom & &#65;]]></c:Series><c:Title/><c:Title>B</c:Title></c:ComicInfo>';
  expect(parsed(text)).toMatchObject({ series: 'Tom & &#65;', title: 'B' });
});
