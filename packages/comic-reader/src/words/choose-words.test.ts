import type { RecognizedWord } from '../reading/hocr.ts';
import type { LetterLook } from '../reading/looks.ts';
import { stretchesOf } from '../reading/readings.ts';
import { chooseWords } from './choose-words.ts';
import type { PageHand } from './page-hand.ts';
import { vietnamese } from './vietnamese.ts';

/** Returns a line of words, each as wide as its letters; `H/M` is a letter and its alternative. */
function reading(text: string, confidence = 92) {
  let at = 12;
  const words = text.split(' ').map((word): RecognizedWord => {
    const choices = (word.match(/.(\/.)?/gu) ?? []).map((place) =>
      [...place.replace('/', '')].map((letter, i) => ({ letter, confidence: i === 0 ? confidence : 20 })),
    );
    const box = { x: at, y: 12, w: 10 * choices.length, h: 20 };
    at += box.w + 10;
    return { text: choices.map(([first]) => first?.letter).join(''), confidence, box, choices };
  });
  return { width: at + 2, height: 44, lines: [words] };
}
const clear: PageHand = { differing: 0, names: new Set() };
const chosen = (...readings: ReturnType<typeof reading>[]) =>
  chooseWords(stretchesOf(readings, 12), vietnamese(), clear)
    .flat()
    .map(({ text }) => text)
    .join(' ');

describe('the choice among readings', () => {
  test('knows interjections, which web pages do not have', () => {
    expect(chosen(reading('Hùm/ừ...', 85), reading('Hừm...', 85))).toBe('Hừm...');
    expect(chosen(reading('Ừ/ửm, đi thôi', 80), reading('Ừm, đi thôi', 80))).toBe('Ừm, đi thôi');
    expect(chosen(reading('Chậc/e, trễ rồi', 80), reading('Chặc, trễ rồi', 80))).toBe('Chậc, trễ rồi');
  });

  test('prefers a word that Vietnamese has', () => {
    expect(chosen(reading('NHIỆH/M VỤ CỦA ANH'), reading('NHIỆH VỤ CỦA ANH'))).toBe('NHIỆM VỤ CỦA ANH');
    expect(chosen(reading('CẢH ƠN CẬU'), reading('CẢM ƠN CẬU', 70))).toBe('CẢM ƠN CẬU');
  });

  test('knows words of speech that web pages do not have', () => {
    expect(chosen(reading('làm không xuế/ể', 80), reading('làm không xuể', 80))).toBe('làm không xuể');
    expect(['ngáp', 'nhải', 'suỵt', 'ngỗng'].filter(vietnamese().knows)).toHaveLength(4);
  });

  test('is not disputed by a syllable that the language does not have', () => {
    const soft = reading('là phần mể/ềm này');
    const words = chooseWords(stretchesOf([soft, soft], 12), vietnamese(), clear).flat();
    expect(words.map(({ text, disputed }) => [text, disputed])).toContainEqual(['mềm', undefined]);
  });

  test('prefers words that people write next to each other, if both exist', () => {
    expect(chosen(reading('cuộc thị/i từ'), reading('cuộc thi từ', 80))).toBe('cuộc thi từ');
  });

  test('keeps a name, and a sound, that all readings agree on', () => {
    expect(chosen(reading('Pepper ơi'), reading('Pepper ơi'))).toBe('Pepper ơi');
    expect(chosen(reading('mmm chắc'), reading('mmm chắc'))).toBe('mmm chắc');
  });

  test('ends on a texture that is a long word to one reading and a thousand words to another', () => {
    const words = reading('kha nga ta '.repeat(400).trim(), 60);
    const word = reading('0'.repeat(words.width / 10 - 2), 60);

    expect(
      [words, word].map(({ lines }) =>
        lines
          .flat()
          .map(({ text }) => text)
          .join(' '),
      ),
    ).toContain(chosen(word, words));
  });
});

test('a word with an alternative that is nearly as likely is disputed', () => {
  const disputed = (...readings: ReturnType<typeof reading>[]) =>
    chooseWords(stretchesOf(readings, 12), vietnamese(), clear)
      .flat()
      .filter((word) => word.disputed)
      .map(({ text }) => text);
  expect(disputed(reading('tôi và câ/ậu'), reading('tôi và cậ/âu'))).toHaveLength(1);
  expect(disputed(reading('tôi và cậu'), reading('tôi và cậu'))).toEqual([]);
});

test('a word that all of three readings have is not disputed by a commoner one', () => {
  const disputed = (third: string) =>
    chooseWords(
      stretchesOf([reading('nồ/ôi canh', 60), reading('nồ/ổi canh', 60), reading(third, 60)], 12),
      vietnamese(),
      clear,
    )
      .flat()
      .filter((word) => word.disputed).length;
  expect(disputed('nồ/ôi canh')).toBe(0);
  expect(disputed('nổi canh')).toBe(1);
});

test('a word that all of three readings have is not disputed by other words of its place', () => {
  const place = ['KHÔNG KỊP NỮA', 'KHÔNG KỊP NỬA', 'KHÔNG KỊP NUA'].map(
    (text) => reading(text, 70).lines[0] ?? [],
  );
  const words = chooseWords([[place]], vietnamese(), { ...clear, differing: 1 }).flat();
  expect(words.filter(({ disputed }) => !disputed).map(({ text }) => text)).toEqual(['KHÔNG', 'KỊP']);
});

test('a word that a reading has with other marks is not disputed by a third word if the picture shows its marks', () => {
  const grave: LetterLook = {
    above: [
      { w: 0.2, h: 0.25, slope: 0.7 },
      { w: 0.4, h: 0.25, slope: 0 },
    ],
    below: 0,
    drop: 0,
    upright: null,
  };
  const seen = (text: string, confidence: number) => {
    const { lines, ...picture } = reading(text, confidence);
    const looks = (word: RecognizedWord) => (/^n[ồổ]i$/u.test(word.text) ? [null, grave, null] : undefined);
    return {
      ...picture,
      lines: lines.map((line) => line.map((word) => ({ ...word, looks: looks(word) ?? [] }))),
    };
  };
  const readings = [seen('vậy nồi cá', 55), seen('vậy nồi cá', 96), seen('vậy nổi cá', 96)];
  const words = chooseWords(stretchesOf(readings, 12), vietnamese(), clear).flat();
  expect(words.map(({ text, disputed }) => [text, disputed])).toContainEqual(['nồi', undefined]);
});

test('a word that a reading has with other marks has to be further ahead', () => {
  const disputed = (second: string) =>
    chooseWords(stretchesOf([reading('tôi vẫn còn'), reading(second, 70)], 12), vietnamese(), clear)
      .flat()
      .some((word) => word.disputed);
  expect([disputed('tôi vẫn còn'), disputed('tôi vân còn')]).toEqual([false, true]);
});

test('what all readings have is said instead of another word that is hardly likelier', () => {
  const words = chooseWords(
    stretchesOf(
      Array.from({ length: 3 }, () => reading('BÀ ƠI, CHÁU ĐÓI QUÁ!')),
      12,
    ),
    vietnamese(),
    clear,
  ).flat();
  expect(words.map(({ text }) => text).join(' ')).toBe('BÀ ƠI, CHÁU ĐÓI QUÁ!');
  expect(words.filter(({ disputed }) => disputed)).toEqual([]);
});

test('if readings differ on the whole page, a word has to be further ahead of others', () => {
  const disputed = (differing: number) =>
    chooseWords(stretchesOf([reading('tôi và cậu/u'), reading('tôi và câ/ậu/u')], 12), vietnamese(), {
      ...clear,
      differing,
    })
      .flat()
      .filter((word) => word.disputed).length;
  expect(disputed(0.8)).toBeGreaterThan(disputed(0));
});

test('a word that one reading takes for a syllable is a name if the page has that name', () => {
  const readings = stretchesOf([reading('vì LIBO và'), reading('vì LIÊU và', 70)], 12);
  const chosen = (...names: string[]) =>
    chooseWords(readings, vietnamese(), { ...clear, names: new Set(names) })
      .flat()
      .map(({ text, disputed }) => (disputed ? `${text}?` : text))
      .join(' ');
  expect(chosen('libo')).toBe('vì LIBO và');
  expect(chosen()).not.toBe('vì LIBO và');
});

test('a number is less certain if the readings of the page differ', () => {
  const sureness = (differing: number) =>
    chooseWords(stretchesOf([reading('còn 49 người'), reading('còn 49 người')], 12), vietnamese(), {
      ...clear,
      differing,
    })
      .flat()
      .find(({ text }) => text === '49')?.confidence;
  expect(sureness(0.8)).toBeLessThan(sureness(0.2) ?? 0);
});
