import { type Bounds, meantBreaks, open } from './line-breaks.ts';

const letter = 10;
/** Returns words of equally wide letters. */
const line = (text: string) => {
  let x = 0;
  return text.split(' ').map((word) => {
    const box = { x, y: 0, w: word.length * letter, h: 15 };
    x += box.w + 5;
    return { text: word, confidence: 95, box };
  });
};
const box: Bounds = { shape: 'box', room: 1 };
const balloon: Bounds = { shape: 'balloon', room: 1 };
const broken = (text: string, bounds: Bounds) => {
  const lines = text.split(' / ');
  const meant = meantBreaks(lines.map(line), bounds);
  return lines.map((own, i) => (i === 0 ? own : (meant[i - 1] ? ' | ' : ' ') + own)).join('');
};

describe('an intended line break', () => {
  test.each([
    [
      'is before a word that had room on the line',
      'Hệ thống / Bạn đã nhận được / một thanh kiếm',
      'Hệ thống | Bạn đã nhận được một thanh kiếm',
    ],
    [
      'is before the rows of a table, in capitals too',
      'TRẠNG THÁI / HP 100/100 / MP: 35',
      'TRẠNG THÁI | HP 100/100 | MP: 35',
    ],
    [
      'is in a list with capitals only at the start of lines',
      'Nhiệm vụ mới / Tìm ba quả trứng / rồng / Thưởng lớn',
      'Nhiệm vụ mới | Tìm ba quả trứng rồng | Thưởng lớn',
    ],
    [
      'is in capitals if two words had room',
      'CẢNH BÁO / MÁY SẮP HẾT NĂNG LƯỢNG',
      'CẢNH BÁO | MÁY SẮP HẾT NĂNG LƯỢNG',
    ],
  ])('%s', (_, text, expected) => expect(broken(text, box)).toBe(expected));

  test('is in a box whose words leave room', () => {
    expect(broken('Hội chợ / Mùa xuân', box)).toBe('Hội chợ Mùa xuân');
    expect(broken('Hội chợ / Mùa xuân', { shape: 'box', room: 2 })).toBe('Hội chợ | Mùa xuân');
  });
});

describe('a line break at the end of a full line', () => {
  test.each([
    ['in a sentence', 'Sáng hôm ấy không ai / biết chuyện gì sắp xảy ra', box],
    ['before a name that had no room', 'Phó chủ nhiệm là anh trai / Onda Midori', box],
    ['in capitals that fill their box', 'SÁNG HÔM ẤY KHÔNG AI / BIẾT CHUYỆN GÌ SẮP XẢY RA', box],
    ['in a balloon, which is narrow at its ends', 'Anh / Hoàng ơi chờ / em với', balloon],
    ['in capitals without a box', 'TÔI / ĐÃ NÓI VỚI ANH RỒI', open],
    ['after a value of two words', 'HỒI CHIÊU: 30 / GIÂY RƯỠI', box],
  ])('%s', (_, text, bounds) => expect(broken(text, bounds)).not.toContain('|'));

  test('is assumed if the places of words are unknown', () => {
    const words = ['Hệ thống', 'Bạn đã nhận được'].map((text) => [{ text, confidence: 95 }]);
    expect(meantBreaks(words, box)).toEqual([false]);
  });
});
