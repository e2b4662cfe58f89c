import fc from 'fast-check';
import { byNaturalOrder } from '../../../domain/natural-order.ts';
import { decodeAs } from './decode-as.ts';
import { encoderOf } from './encode.fixture.ts';
import { guessEncoding } from './guess-encoding.ts';
import { librariesOf } from './library-names.fixture.ts';

test.each<[string, string[]]>([
  ['shift_jis', ['表.png', 'ページ多.png', 'ページ―.png']],
  ['shift_jis', ['進撃の巨人 第01巻/001.jpg', '進撃の巨人 第01巻/002.jpg']],
  ['shift_jis', ['ワンピース/カラー表紙.jpg']],
  ['euc-jp', ['進撃の巨人/表紙.jpg', 'ページ.png']],
  ['gbk', ['一人之下 第1话/001.jpg', '封面.jpg']],
  ['gbk', ['斗破苍穹/第十二话/01.jpg']],
  ['big5', ['火影忍者 第12話/001.jpg', '封面.jpg']],
  ['big5', ['名偵探柯南/第三集/01.png']],
  ['euc-kr', ['나 혼자만 레벨업 1화/001.jpg']],
  ['euc-kr', ['표지.jpg', '신의 탑/제2화.jpg']],
  ['cp437', ['Astérix à Rome/page é 1.jpg']],
  ['windows-1252', ['Astérix à Rome/numéro 1.jpg', 'Ärger.jpg']],
  ['ibm866', ['Наруто/Глава 5/01.jpg', 'обложка.jpg']],
  ['shift_jis', ['ﾜﾝﾋﾟｰｽ 第01巻/ﾍﾟｰｼﾞ1.jpg', 'ﾜﾝﾋﾟｰｽ 第01巻/ﾍﾟｰｼﾞ2.jpg']],
  ['koi8-u', ['Наруто/Глава 5/01.jpg', 'обложка.jpg']],
  ['windows-1250', ['Żółtodziób/Rozdział 5/01.jpg', 'Čtyřlístek.jpg']],
  ['cp852', ['Żółtodziób/Rozdział 5/okładka.jpg']],
  ['cp850', ['Ataque dos Titãs/Capítulo 5/edição.jpg']],
  ['windows-874', ['นารูโตะ/ตอนที่ 5/หน้า 1.jpg']],
  ['windows-1251', ['Наруто/Глава 5/01.jpg', 'обложка.jpg']],
])('recognises names in %s: %j', (label, names) => {
  const encoded = names.map((name) => encoderOf(label)(name) as Uint8Array);
  expect(guessEncoding(encoded)).toBe(label);
  expect(encoded.map((bytes) => decodeAs(label, bytes))).toEqual(names);
});

test.each([
  ['São Tomé', 'dos', 'cp850'],
  ['São Tomé', 'unix', 'windows-1252'],
  ['Węgry', 'dos', 'cp852'],
  ['Węgry', 'unix', 'windows-1250'],
  ['Śnieg', 'dos', 'cp852'],
  ['Śnieg', 'unix', 'windows-1250'],
  ['Thaï', 'unix', 'windows-1252'],
  ['Thaï', 'dos', 'cp850'],
  ['L’Ouest', 'unix', 'windows-1252'],
  ['Ékadjouk', 'dos', 'cp850'],
] as const)('reads the name %s of a ZIP that was made on %s in %s', (name, maker, label) => {
  const bytes = encoderOf(label)(`${name}/1.jpg`) as Uint8Array;
  expect(decodeAs(guessEncoding([bytes], maker), bytes)).toBe(`${name}/1.jpg`);
});

test('valid UTF-8 is UTF-8, and names stay different whatever their bytes', () => {
  expect(guessEncoding(['表.png', 'Mèo.jpg'].map((name) => Buffer.from(name)))).toBe('utf-8');
  expect(guessEncoding([Buffer.from('plain.jpg')])).toBe('utf-8');
  const odd = [Uint8Array.of(0xff, 0xfe, 0xfd), Uint8Array.of(0xff, 0xfe, 0xfc)];
  const texts = odd.map((bytes) => decodeAs(guessEncoding(odd), bytes));
  expect(new Set(texts).size).toBe(2);
});

test.each(Object.entries(librariesOf))(
  'decodes most archives of %s that none of the lists of letters was made from',
  (_, library) => {
    for (const label of library.codePages) {
      const archives = [...library.archives(encoderOf(label), 80)];
      const right = archives.filter(({ names, bytes }) => {
        const encoding = guessEncoding(bytes);
        return names.every((name, i) => decodeAs(encoding, bytes[i] as Uint8Array) === name);
      });
      expect({ label, isRight: right.length / archives.length >= 0.85 }).toEqual({ label, isRight: true });
    }
  },
);

test('the numbers of pages stay in order, whatever the bytes before them', () => {
  const prefix = fc.array(fc.integer({ min: 0x80, max: 0xff }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(prefix, (bytes) => {
      const names = [1, 2, 9, 10, 11, 100].map((number) =>
        Buffer.from([...bytes, ...Buffer.from(` ${number}.jpg`)]),
      );
      const decoded = names.map((name) => decodeAs(guessEncoding(names), name) ?? '');
      expect([...decoded].sort(byNaturalOrder)).toEqual(decoded);
    }),
  );
});
