import { chapterNumber, ownTitle, repeatsTitle, spokenSeries } from './chapter-names.ts';

const chapter = (
  manga_title: string,
  number: string | null,
  title: string | null,
  localized_title?: string,
) => ({
  ...{ manga_title, number, title },
  ...(localized_title !== undefined && { localized_title }),
});

describe('the number of a chapter', () => {
  test.each([
    ['001', '1'],
    ['10.5', '10.5'],
    ['010.05', '10.05'],
    ['0', '0'],
    ['000', '0'],
    ['Chapter 7', '7'],
    ['Chương 12', '12'],
    ['Ch.3', '3'],
    ['1–3', '1–3'],
    ['Extra', 'Extra'],
    [' ', null],
    [null, null],
  ])('%j is %j', (number, expected) => {
    expect(chapterNumber({ number })).toBe(expected);
  });
});

describe('the title of a chapter', () => {
  test.each([
    ['Ngõ Mây', '1', 'Kẻ trộm ô', 'Kẻ trộm ô'],
    ['Ngõ Mây', '1', 'Chương 1: Kẻ trộm ô', 'Kẻ trộm ô'],
    ['Ngõ Mây', '001', 'Ngõ Mây – Chương 1: Kẻ trộm ô', 'Kẻ trộm ô'],
    ['Ngõ Mây', '1', 'Vol.2 Chapter 01 - Kẻ trộm ô', 'Kẻ trộm ô'],
    ['Ngõ Mây', '1', 'Chương 1', null],
    ['Ngõ Mây', '1', 'Hồi 1', 'Hồi 1'],
    ['Ngõ Mây', '1', '1', null],
    ['Ngõ Mây', '1', 'Ngõ Mây', null],
    ['Ngõ Mây', '1', 'Ngõ Mây ngày mưa', 'Ngõ Mây ngày mưa'],
    ['Ngõ Mây', '1', 'Chương 12: Người lạ', 'Chương 12: Người lạ'],
    ['Ngõ Mây', '1', '1001 đêm', '1001 đêm'],
    ['Ngõ Mây', null, 'Chương 5: Gió', 'Chương 5: Gió'],
    ['Ngõ Mây', '1', null, null],
  ])('of %s, %s, %j is %j', (series, number, title, expected) => {
    expect(ownTitle(chapter(series, number, title))).toBe(expected);
  });
});

describe('the spoken name of a series', () => {
  test.each([
    [chapter('Ngõ Mây', '1', null, 'Cloud Lane'), 'Ngõ Mây'],
    [chapter('進撃の巨人', '1', null, 'Shingeki no Kyojin'), 'Shingeki no Kyojin'],
    [chapter('進撃の巨人', '1', null, '進擊的巨人'), null],
    [chapter('進撃の巨人', '1', null), null],
  ])('of %j is %j', (names, expected) => {
    expect(spokenSeries(names)).toBe(expected);
  });
});

describe('a text that only repeats the title', () => {
  const kept = chapter('Ngõ Mây', '12', 'Kẻ trộm ô trong mưa', 'Cloud Alley');
  test.each([
    ['Ngõ Mây', true],
    ['Kẻ trộm ô!', true],
    ['Chương 12: kẻ trộm ô', true],
    ['Cloud Alley – Ngõ Mây', true],
    ['Kẻ trộm ô là ai?', false],
    ['Trong ngõ có một kẻ trộm', false],
    ['Chương 13', false],
    ['…', false],
  ])('%j: %j', (text, expected) => {
    expect(repeatsTitle(text, kept)).toBe(expected);
  });

  test('in a video of several chapters is one with the title of any of them', () => {
    const second = chapter('Ngõ Mây', '13', 'Con mèo hoang');
    expect(repeatsTitle('Con mèo hoang', { ...kept, parts: [kept, second] })).toBe(true);
    expect(repeatsTitle('Con mèo hoang', kept)).toBe(false);
  });
});
