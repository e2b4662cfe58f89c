import { bubbleText } from './bubble-text.ts';
import type { Bounds } from './line-breaks.ts';
import { isSayable, isVietnameseSyllable, partedSyllables } from './syllable.ts';

const line = (text: string, confidence = 95) => text.split(' ').map((word) => ({ text: word, confidence }));

const inBalloon: Bounds = { shape: 'balloon', room: 1 };

describe('the text of a bubble', () => {
  test('joins lines into one and composes diacritics', () => {
    const read = bubbleText([line('Trời ơi!'.normalize('NFD')), line('Cái ô nó'), line('tự đi kìa!')], 'vi');
    expect(read).toMatchObject({
      text: 'Trời ơi! Cái ô nó tự đi kìa!',
      judged: 'Trời ơi! Cái ô nó tự đi kìa!',
      lines: ['Trời ơi!', 'Cái ô nó', 'tự đi kìa!'],
      confidence: 95,
      doubtful: 0,
    });
  });

  test('parts words that were run together', () => {
    expect(bubbleText([line('Xinlỗi..., tôi chỉ có bốn trái.')], 'vi')?.text).toBe(
      'Xin lỗi..., tôi chỉ có bốn trái.',
    );
  });

  test('takes a dagger for a handwritten t, and a nought among capitals for an O', () => {
    expect(bubbleText([line('Chúng †a cần í† thôi')], 'vi')?.text).toBe('Chúng ta cần ít thôi');
    expect(bubbleText([line('C0 ai KH0NG')], 'vi')?.text).toBe('CO ai KHONG');
    expect(bubbleText([line('Hơn 50 000 quả')], 'vi')?.text).toBe('Hơn 50 000 quả');
  });

  test.each([
    'Thẻ hạng SSS và XYZ',
    'HP: 120/500',
    'Giá $100 một kg',
    'Lạnh −3,5°C ở TP.HCM',
    'Lv.5 lên 80km/h',
    'Kế hoạch B, v.v.',
    'Đúng 100% rồi',
    'Lúc 7h30 ngày 20/11',
    'Tom & Jerry',
    'Kh... không',
  ])('keeps %p, which speech knows how to say', (text) => {
    expect(bubbleText([line(text)], 'vi', inBalloon)).toMatchObject({
      ...{ text, lines: [text], confidence: 95, doubtful: 0 },
    });
  });

  test('keeps numbers alone only in a balloon', () => {
    expect(bubbleText([line('99 -> 100')], 'vi', inBalloon)?.text).toBe('99 -> 100');
    expect(bubbleText([line('12')], 'vi')).toBeNull();
  });

  test('counts words and numbers that it leaves out of what is said', () => {
    const read = [...line('Cho tôi'), { text: '4o7', confidence: 60 }, ...line('quả táo')];
    expect(bubbleText([read], 'vi')).toMatchObject({ text: 'Cho tôi quả táo', doubtful: 1 });
  });

  test('undoes hyphenation at line ends', () => {
    expect(bubbleText([line('I have no expla-'), line('nation for this')], 'en')?.text).toBe(
      'I have no explanation for this',
    );
  });

  test('drops words that the recogniser doubts and that are not built like words', () => {
    const doubtful = [...line('Phải làm'), { text: 'r&', confidence: 50 }, ...line('ngay thôi')];
    expect(bubbleText([doubtful], 'vi')?.text).toBe('Phải làm ngay thôi');
  });

  test('drops a line that is art', () => {
    expect(bubbleText([line('Nhìn kìa,'), line('Bi mnsterrän', 3), line('cô ấy đây')], 'vi')?.text).toBe(
      'Nhìn kìa, cô ấy đây',
    );
  });

  test('keeps an interjection alone if most readings have it', () => {
    const cry = (agreeing: number) => [[{ text: 'HỪM..', confidence: 75, evidence: { lead: 3, agreeing } }]];
    expect(bubbleText(cry(2 / 3), 'vi')?.text).toBe('HỪM..');
    expect(bubbleText(cry(1 / 3), 'vi')).toBeNull();
  });

  test.each(['z 4', '|', '...', 'ww', 'ẤN'])('takes %p for art', (scrap) => {
    expect(bubbleText([line(scrap, 75)], 'vi')).toBeNull();
  });

  test('keeps words of one letter, with whatever marks', () => {
    for (const text of ['Mình đang ở đâu?', 'Ồ thế à', 'Ớ kìa mẹ'])
      expect(bubbleText([line(text)], 'vi')?.text).toBe(text);
  });

  test('keeps names and short exclamations that are sure', () => {
    expect(bubbleText([line('Pepper ơi!', 91)], 'vi')?.text).toBe('Pepper ơi!');
    expect(bubbleText([line('Hừ..', 88)], 'vi')?.text).toBe('Hừ..');
  });
});

describe('how words are built', () => {
  test.each(['nghiêng', 'quyển', 'giường', 'ưỡn', 'đã', 'Ôi', 'khuya', 'xoong'])(
    '%s is Vietnamese',
    (word) => {
      expect(isVietnameseSyllable(word)).toBe(true);
    },
  );

  test.each(['Pepper', 'bzz', 'ingày', 'vđó', 'cä', 'strap', 'kló'])('%s is not', (word) => {
    expect(isVietnameseSyllable(word)).toBe(false);
  });

  test.each([
    ['xinlỗi', ['xin', 'lỗi']],
    ['àphê', ['à', 'phê']],
    ['khôngthể', ['không', 'thể']],
  ])('%s is two words', (word, parts) => {
    expect(partedSyllables(word)).toEqual(parts);
  });

  test.each(['nghiêng', 'Komona', 'Pumkinstar', 'ingày', 'vđó', 'thịi'])('%s is not', (word) => {
    expect(partedSyllables(word)).toBeNull();
  });

  test('a word without vowels is sayable only as a murmur', () => {
    expect(['mmm', 'Hmm', 'ng', 'nh', 'cat'].map(isSayable)).toEqual([true, true, false, false, true]);
  });
});

test('a disputed word is left out and counted', () => {
  const words = line('Không phải tại tôi');
  const disputed = words.map((word, i) => (i === 2 ? { ...word, disputed: true } : word));
  expect(bubbleText([disputed], 'vi')).toMatchObject({ text: 'Không phải tôi', doubtful: 1 });
});

test('a disputed word that is likely is left out as well, but shows what kind of text it is in', () => {
  const words = line('Không phải của tôi');
  const disputed = words.map((word, i) => (i < 2 ? { ...word, disputed: true, likely: i === 1 } : word));
  expect(bubbleText([disputed], 'vi')).toMatchObject({ text: 'của tôi', doubtful: 2, unknown: 1 });
});

test('zeros alone could be letters, and are left out', () => {
  expect(bubbleText([line('Đó là 000 mà')], 'vi')).toMatchObject({ text: 'Đó là mà', doubtful: 1 });
});

test('a digit after a question mark is the half of another one', () => {
  expect(bubbleText([line('Thật à?2')], 'vi')?.text).toBe('Thật à?');
});

describe('what is left out, at any confidence,', () => {
  const unsure = (text: string) => ({ text, confidence: 0 });
  const [before, after] = [line('Cãi nhau vì'), line('và ai')];

  test.each(['LI8O', 'B', '7'])('is a word between words: %s', (text) => {
    const words = [...before, unsure(text), ...after];
    expect(bubbleText([words], 'vi')).toMatchObject({ text: 'Cãi nhau vì và ai', doubtful: 1 });
  });

  test('is a word beside words if it has several letters or digits', () => {
    const lines = [[...before, unsure('LI8O')], [unsure('30.')]];
    expect(bubbleText(lines, 'vi')).toMatchObject({ doubtful: 2, unknown: 0 });
  });

  test('is a stroke of the art beside words otherwise, unless it is in a balloon', () => {
    const lines = [[...before, unsure('J')], [unsure('7')]];
    expect(bubbleText(lines, 'vi')?.doubtful).toBe(0);
    expect(bubbleText(lines, 'vi', inBalloon)?.doubtful).toBe(2);
  });
});
