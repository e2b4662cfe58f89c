import { speechText } from 'vietnamese-speech';
import { cases } from 'vietnamese-speech/cases';
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
    ['Ối\u0000\u0007 trời\u200b ơi', 'Ối trời ơi.'],
    ['!!!', ''],
    ['~ * |', ''],
  ])('%j becomes %j', (lettering, spoken) => {
    expect(speakable(lettering)).toBe(spoken);
  });

  test('removes markup and templates', () => {
    expect(speakable('<speak>${process.exit(1)}</speak> {{x}} `rm`')).not.toMatch(/[<>${}`]/u);
  });

  test('composes diacritics', () => {
    expect(plain('Tiếng Việt'.normalize('NFD'))).toBe('Tiếng Việt'.normalize('NFC'));
  });
});

describe('lettering in a bubble is spoken like the same text', () => {
  const all = Object.values(cases).flat();
  /** A bubble is a sentence: it begins with a capital and ends with a mark. Capitals can't be heard. */
  const heard = (spoken: string) => spoken.replace(/\.$/u, '').toLowerCase();
  const said = (lettering: string) => heard(speechText(speakable(lettering)).spoken);

  test.each(all)('%j', (text, spoken) => {
    expect(said(text)).toBe(heard(spoken));
  });

  test.each(all.map(([text, spoken]) => [text.toUpperCase(), spoken] as const))(
    'in capitals: %j',
    (text, spoken) => {
      expect(said(text)).toBe(heard(spoken));
    },
  );
});

describe('lettering in subtitles and in speech', () => {
  test.each([
    ['Giá $100 thôi', 'Giá $100 thôi.', 'Giá một trăm đô la thôi.'],
    ['HẠNG SSS?!', 'Hạng SSS?', 'Hạng ét ét ét?'],
    ['THẺ SSR', 'Thẻ SSR.', 'Thẻ ét ét rờ.'],
    ['HẠNG S+', 'Hạng S+.', 'Hạng ét cộng.'],
    ['CHƯƠNG VI: CHỊ VI', 'Chương VI: chị vi.', 'Chương sáu: chị vi.'],
    ['ĐIỀU VI PHẠM LUẬT', 'Điều vi phạm luật.', 'Điều vi phạm luật.'],
    ['LẠNH −3,5°C', 'Lạnh −3,5°C.', 'Lạnh âm ba phẩy năm độ xê.'],
    ['Ở TP.HCM', 'Ở TP.HCM.', 'Ở Thành phố Hồ Chí Minh.'],
    ['CÁ, THỊT, V.V.', 'Cá, thịt, v.v.', 'Cá, thịt, vân vân'],
    ['Level 99 -> 100', 'Level 99 -> 100.', 'lê vồ chín mươi chín lên một trăm.'],
    ['TO BE CONTINUED...', 'To be continued…', 'Còn tiếp…'],
    ['KO BIẾT', 'Ko biết.', 'Không biết.'],
    ['HẮN BỊ KO', 'Hắn bị KO.', 'Hắn bị nốc ao.'],
    ['AI ĐÓ?', 'Ai đó?', 'Ai đó?'],
    ['NPC NÀY LÀ AI?', 'NPC này là ai?', 'en pi xi này là ai?'],
    ['BOSS CỦA GUILD', 'Boss của guild.', 'bót của ghiu.'],
    ['ANH ẤY NẶNG 80KG', 'Anh ấy nặng 80kg.', 'Anh ấy nặng tám mươi ki lô gam.'],
  ])('%j is written %j and spoken %j', (lettering, written, spoken) => {
    expect(speakable(lettering)).toBe(written);
    expect(speechText(written).spoken).toBe(spoken);
  });

  test('a lone word that could be an abbreviation is one only if the page is not lettered in capitals', () => {
    expect(speakable('AI', { inCapitals: true })).toBe('Ai.');
    expect(speakable('AI', { inCapitals: false })).toBe('AI.');
  });

  test.each([
    ['HP: 120/500\nMP: 30/100\nLV.5', 'HP: 120/500. MP: 30/100. Lv.5.'],
    ['Siêu thị Minh Anh\nmở cửa cả ngày', 'Siêu thị Minh Anh, mở cửa cả ngày.'],
    ['CHỊ ƠI!\nĐỢI EM VỚI', 'Chị ơi! Đợi em với.'],
  ])('keeps the lines of %j, with a pause between them', (lettering, written) => {
    expect(speakable(lettering)).toBe(written);
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
