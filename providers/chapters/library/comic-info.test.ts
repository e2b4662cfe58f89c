import { parseComicInfo } from './comic-info.ts';

const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const info = (inner: string, prolog = '<?xml version="1.0" encoding="utf-8"?>') =>
  `${prolog}<ComicInfo>${inner}</ComicInfo>`;
const parsed = (text: string | Uint8Array) => parseComicInfo(Buffer.from(text as string), 'ComicInfo.xml');

test('numeric references, in both their forms, are characters, and an escaped one stays as it was written', () => {
  const { series, title, summary } = parsed(
    info(
      '<Series>Ng&#245; M&#xe2;y</Series><Title>K&#7867; tr&#7897;m</Title><Summary>&amp;#7897; &lt;b&gt; &apos;</Summary>',
    ),
  );
  expect([series, title, summary]).toEqual(['Ngõ Mây', 'Kẻ trộm', "&#7897; <b> '"]);
});

test('references to no character leave nothing behind', () => {
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
  [
    'UTF-8 that says it is UTF-16',
    Buffer.from(info('<Series>Mèo</Series>', '<?xml version="1.0" encoding="utf-16"?>')),
  ],
])('%s is read', (_, bytes) => {
  expect(parseComicInfo(bytes, 'ComicInfo.xml')).toMatchObject({ series: 'Mèo', notes: [] });
});

test('an encoding that is not the declared one is guessed, and said', () => {
  const { series, notes } = parseComicInfo(
    Buffer.from(info('<Series>Astérix à Rome</Series>'), 'latin1'),
    'x.xml',
  );
  expect(series).toBe('Astérix à Rome');
  expect(notes).toEqual(['x.xml is not valid utf-8, and is read as windows-1252']);
});

test.each<[string, string, string | null]>([
  ['a bare &', info('<Series>Tom & Jerry</Series>'), 'Tom & Jerry'],
  ['a control character', info('<Series>Tom\u0001</Series>'), 'Tom'],
  ['an element that is not closed', '<ComicInfo><Series>Tom</Series><Title>x', 'Tom'],
  ['another document', '<html><body>404</body></html>', null],
  ['nothing in it', '', null],
  ['more than a megabyte', info(`<Series>${'x'.repeat(1_100_000)}</Series>`), null],
  ['entities', `<!DOCTYPE x [<!ENTITY a "ha">]>${info('<Series>&a;</Series>', '')}`, null],
  [
    'a file of the machine',
    `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${info('<Series>&f;</Series>', '')}`,
    null,
  ],
])('%s is a note, and what can be read is read', (_, text, series) => {
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

test('notes that forbid publishing are a reason to hold, and never a licence', () => {
  expect(parsed(info('<Notes>© 2024 Group. Do not reupload!</Notes>'))).toMatchObject({
    licence: null,
    republicationForbidden: 'Do not reupload!',
  });
  expect(parsed(info('<Notes>Licence: CC BY 4.0</Notes>'))).toMatchObject({
    licence: 'Licence: CC BY 4.0',
    republicationForbidden: null,
  });
});

test('a document in CDATA, with a namespace and with a field twice is read', () => {
  const text =
    '<c:ComicInfo xmlns:c="x"><c:Series><![CDATA[Tom & &#65;]]></c:Series><c:Title/><c:Title>B</c:Title></c:ComicInfo>';
  expect(parsed(text)).toMatchObject({ series: 'Tom & &#65;', title: 'B' });
});
