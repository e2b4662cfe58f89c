import { breaths, plain, speakable } from './spoken.ts';

describe('making lettering speakable', () => {
  test.each([
    ['ĐỨNG LẠI! TRẢ Ô CHO CHỊ NGAY!', 'Đứng lại! Trả ô cho chị ngay!'],
    ['và rồi.. không còn ai', 'Và rồi… không còn ai.'],
    ['cậu.đã mang loại thuốc gì, nào', 'Cậu. Đã mang loại thuốc gì, nào.'],
    ['Cái gì thế này ?!!', 'Cái gì thế này?'],
    ['TUYỆT VỜI!!!', 'Tuyệt vời!'],
    ['. không đúng chứ?', 'Không đúng chứ?'],
    ['Giá 4.5 đồng', 'Giá 4.5 đồng.'],
    ['Cá & rau', 'Cá và rau.'],
    ['Ối\u0000\u0007 trời\u200b\n ơi', 'Ối trời ơi.'],
    ['!!!', ''],
    ['~ * |', ''],
  ])('%j becomes %j', (lettering, spoken) => {
    expect(speakable(lettering)).toBe(spoken);
  });

  test('leaves no markup and no template to anyone further down', () => {
    expect(speakable('<speak>${process.exit(1)}</speak> {{x}} `rm`')).not.toMatch(/[<>${}`]/u);
  });

  test('composes diacritics', () => {
    expect(plain('Tiếng Việt'.normalize('NFD'))).toBe('Tiếng Việt'.normalize('NFC'));
  });
});

describe('splitting into breaths', () => {
  const sentence = 'Ngày xửa ngày xưa, ở một ngôi làng nhỏ bên sông, có một cô bé rất thích mưa. ';

  test('splits at ends of sentences', () => {
    const parts = breaths(sentence.repeat(6).trim());
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part).toMatch(/\.$/);
    expect(parts.join(' ')).toBe(sentence.repeat(6).trim());
  });

  test.each(['mưa, '.repeat(200), 'mưa '.repeat(200), 'm'.repeat(1000), '😀'.repeat(300)])(
    'keeps every part short and loses nothing',
    (text) => {
      const parts = breaths(text);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(220);
      expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
    },
  );
});
