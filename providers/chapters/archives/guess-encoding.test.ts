import { decodeAs, guessEncoding } from './guess-encoding.ts';

const encoders = new Map<string, (text: string) => Uint8Array>();

/** Encodes by looking each character up in the decoder's output for all bytes. */
function encoder(label: string): (text: string) => Uint8Array {
  const bytesOf = new Map<string, number[]>();
  const isWide = !/^(cp|windows|ibm)/.test(label);
  for (let lead = 0xff; lead >= 0x80; lead--) {
    for (let trail = 0xff; isWide && trail >= 0x40; trail--) {
      const text = decodeAs(label, Uint8Array.of(lead, trail));
      if (text !== undefined && [...text].length === 1) bytesOf.set(text, [lead, trail]);
    }
    const single = decodeAs(label, Uint8Array.of(lead));
    if (single !== undefined && [...single].length === 1) bytesOf.set(single, [lead]);
  }
  return (text) =>
    Uint8Array.from(
      [...text].flatMap((one) => {
        const bytes = one < '\u0080' ? [one.charCodeAt(0)] : bytesOf.get(one);
        if (!bytes) throw new Error(`${label} has no ${one}`);
        return bytes;
      }),
    );
}

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
  ['windows-1251', ['Наруто/Глава 5/01.jpg', 'обложка.jpg']],
])('recognises names in %s: %j', (label, names) => {
  const encode = encoders.get(label) ?? encoder(label);
  encoders.set(label, encode);
  const encoded = names.map(encode);
  expect(guessEncoding(encoded)).toBe(label);
  expect(encoded.map((bytes) => decodeAs(label, bytes))).toEqual(names);
});

test('valid UTF-8 is UTF-8, and names stay different whatever their bytes', () => {
  expect(guessEncoding(['表.png', 'Mèo.jpg'].map((name) => Buffer.from(name)))).toBe('utf-8');
  expect(guessEncoding([Buffer.from('plain.jpg')])).toBe('utf-8');
  const odd = [Uint8Array.of(0xff, 0xfe, 0xfd), Uint8Array.of(0xff, 0xfe, 0xfc)];
  const texts = odd.map((bytes) => decodeAs(guessEncoding(odd), bytes));
  expect(new Set(texts).size).toBe(2);
});
