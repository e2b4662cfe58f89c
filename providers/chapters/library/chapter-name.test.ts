import { isPartOfSeries, parseChapterName, plainNumber } from './chapter-name.ts';

const none = { series: null, volume: null, number: null, title: null, extra: null, part: null };
const [firstPart, middlePart, lastPart] = ['đầu', 'giữa', 'cuối'].map((which, i) => ({
  place: i === 2 ? 9999 : i + 1,
  title: `Phần ${which}`,
}));
const partNumber = (place: number) => ({ place, title: `Phần ${place}` });

test.each<[string, Partial<typeof none> | object]>([
  ['Chapter 003', { number: '3' }],
  ['chapter-02', { number: '2' }],
  ['Ch.0012.5', { number: '12.5' }],
  ['Chương 21: Đêm mưa', { number: '21', title: 'Đêm mưa' }],
  ['Tập 3 Chương 21', { volume: '3', number: '21' }],
  [
    'One Piece v01 c001 (2003) (Digital) (AnHeroGold-Empire)',
    { series: 'One Piece', volume: '1', number: '1' },
  ],
  [
    '[0027]_Chapter_27_-_Abe_no_Seimei_and_Huehuecóyotl_(Part_1)',
    { number: '27', title: 'Abe no Seimei and Huehuecóyotl (Part 1)', part: partNumber(1) },
  ],
  [
    'Killing Bites Vol. 0001 Ch. 0001 - Some Group (gb)',
    { series: 'Killing Bites', volume: '1', number: '1', title: 'Some Group' },
  ],
  ['Historys Strongest_v11_c90-98', { series: 'Historys Strongest', volume: '11', number: '90–98' }],
  ['Hinowa ga CRUSH! 018.5 (2019) (Digital) (LuCaZ)', { series: 'Hinowa ga CRUSH!', number: '18.5' }],
  ['Beelzebub_153b_RHS', { series: 'Beelzebub', number: '153b' }],
  ['Noblesse - Episode 429 (74 Pages)', { series: 'Noblesse', number: '429' }],
  ['Umineko #02', { series: 'Umineko', number: '2' }],
  ['Tower Of God S01 014 (CBT)', { series: 'Tower Of God S01', number: '14' }],
  ['漫画 第12話', { series: '漫画', number: '12' }],
  ['第３巻', { volume: '3' }],
  ['三国志 第二十一話', { series: '三国志', number: '21' }],
  ['第十巻', { volume: '10' }],
  ['제7화', { number: '7' }],
  ['Глава 5', { number: '5' }],
  ['001', { number: '1' }],
  ['000', { number: '0' }],
  ['12 - The hill', { number: '12', title: 'The hill' }],
  ['Doraemon v05', { series: 'Doraemon', volume: '5' }],
  ['Marvel 1602', { series: 'Marvel', number: '1602' }],
  ['Saga 001 (2012)', { series: 'Saga', number: '1' }],
  ['Dragon Ball', { series: 'Dragon Ball' }],
  ['Cover story 1080p', { series: 'Cover story 1080p' }],
  ['Mưa Đêm Chương 20 - 30 ngày đêm', { series: 'Mưa Đêm', number: '20', title: '30 ngày đêm' }],
  ['Mưa Đêm c01 - c03', { series: 'Mưa Đêm', number: '1–3' }],
  ['Mưa Đêm 001-003', { series: 'Mưa Đêm', number: '1–3' }],
  ['Mưa Đêm Tập 4-5', { series: 'Mưa Đêm', volume: '4–5' }],
  ['第4-6話', { number: '4–6' }],
  ['漫画卷3第8话', { series: '漫画', volume: '3', number: '8' }],
  ['Дождь Том 2 5 Глава', { series: 'Дождь', volume: '2', number: '5' }],
  ['Pluie - T04 - La nuit', { series: 'Pluie', volume: '4', title: 'La nuit' }],
  ['Mưa Đêm 007 Tập 2', { series: 'Mưa Đêm', volume: '2', number: '7' }],
  ['Mưa Đêm 012v2: Gió', { series: 'Mưa Đêm', number: '12', title: 'Gió' }],
  ['Mưa Đêm Ch. 12 v2', { series: 'Mưa Đêm', number: '12' }],
  ['Mưa Đêm Ch.7.b', { series: 'Mưa Đêm', number: '7b' }],
  ['Mưa Đêm Ch.38-2', { series: 'Mưa Đêm', number: '38.2' }],
  ['Mưa Đêm 31: 23:59', { series: 'Mưa Đêm', number: '31', title: '23:59' }],
  ['Chợ.Đêm.v02.c012-013.2018.Digital', { series: 'Chợ.Đêm', volume: '2', number: '12–13' }],
  ['Chapter 9 & 10', { number: '9–10' }],
  ['c011+012', { number: '11–12' }],
  ['Đầm Lầy #½', { series: 'Đầm Lầy', number: '0.5' }],
  ['Chương 12½', { number: '12.5' }],
  ['Đảo Xa T.1', { series: 'Đảo Xa', volume: '1' }],
  ['2021-05-03', { series: '2021-05-03' }],
  ['Ngoại truyện 1', { extra: 'Ngoại truyện 1' }],
  ['Mưa Đêm - Side Story 2', { series: 'Mưa Đêm', extra: 'Side Story 2' }],
  ['Mưa Đêm - Side Story Ch. 2', { series: 'Mưa Đêm', extra: 'Side Story Ch. 2' }],
  ['Hero Annual #1', { series: 'Hero', extra: 'Annual #1' }],
  ['Hero Annual 02 (2019)', { series: 'Hero', extra: 'Annual 02' }],
  ['Hero 2020 Annual', { series: 'Hero', extra: '2020 Annual' }],
  ['Hero SP01 - Xmas', { series: 'Hero', extra: 'SP 01 - Xmas' }],
  ['Héros Hors-Série 2', { series: 'Héros', extra: 'Hors-Série 2' }],
  ['番外01', { extra: '番外 01' }],
  ['猫 特別編3', { series: '猫', extra: '特別編 3' }],
  ['番外篇 第3话', { extra: '番外篇 第3话' }],
  ['고양이 외전 2화', { series: '고양이', extra: '외전 2화' }],
  ['고양이 특별편1', { series: '고양이', extra: '특별편 1' }],
  ['Mưa Đêm - Chương đặc biệt 1', { series: 'Mưa Đêm', extra: 'Chương đặc biệt 1' }],
  ['第1話(2)', { number: '1', part: partNumber(2) }],
  ['Chapter 60 (2)', { number: '60', part: partNumber(2) }],
  ['Chương 7 phần 2', { number: '7', title: 'phần 2', part: partNumber(2) }],
  ['第1話 前編', { number: '1', part: firstPart }],
  ['第2話中編 雨', { number: '2', part: middlePart }],
  ['第5話【後編】', { number: '5', part: lastPart }],
  ['第5话 下篇', { number: '5', part: lastPart }],
  ['第6話（上）', { number: '6', part: firstPart }],
  ['12화 (하)', { number: '12', part: lastPart }],
  ['上', { series: '上', part: firstPart }],
  ['第3話 空の下', { number: '3', title: '空の下' }],
  ['三年前', { series: '三年前' }],
  ['My.Series.001.2019.Digital', { series: 'My.Series', number: '1' }],
  ['Weekly 2024 No. 12', { series: 'Weekly 2024 No', number: '12' }],
  ['Show S01E02', { series: 'Show', number: '2' }],
  ['Chapter Twenty-One', { number: '21' }],
  ['Chương hai mươi mốt', { number: '21' }],
  ['Chương mười', { number: '10' }],
  ['Astérix HS 1', { series: 'Astérix', extra: 'HS 1' }],
  ['Mưa Đêm Ch. 10.5 - Omake', { series: 'Mưa Đêm', number: '10.5', title: 'Omake' }],
  ['[Group] Title v03 c042.5 (Digital)', { series: 'Title', volume: '3', number: '42.5' }],
  ['海の子 第3話「波」', { series: '海の子', number: '3', title: '「波」' }],
  ['7 Seeds 003', { series: '7 Seeds', number: '3' }],
  ['1 - Room 012', { number: '1', title: 'Room 012' }],
  ['Volume 1 Extras', { volume: '1', extra: 'Volume 1 Extras' }],
  ['Jilid 3', { volume: '3' }],
  ['Ch 5 - Copy', { number: '5' }],
  ['Ch 5 - Bản sao (2)', { number: '5' }],
])('%s', (name, expected) => {
  expect(parseChapterName(name)).toEqual({ ...none, ...expected });
});

test.each([
  ['Mob Psycho 100 012', 'Mob Psycho 100', '12'],
  ['20th Century Boys 03', '20th Century Boys', '3'],
  ['Zom 100', 'Zom 100', null],
  ['Kaiju No. 8 ch 7', 'Kaiju No. 8', '7'],
  ['My.Series.002.2019.Digital', 'My.Series', '2'],
  ['100 Girlfriends 012', 'The 100 Girlfriends Who Love You', '12'],
  ['Re Zero 2nd Life 002', 'Re; Zero - 2nd Life', '2'],
  ['Chapter 5', 'The Chapter 5 Club', '5'],
  ['100 003', 'The 100', '3'],
  ['100 - The end', 'The 100', '100'],
])('%s in the folder %s has the number %s', (name, folder, number) => {
  expect(parseChapterName(name, folder).number).toBe(number);
});

test.each([
  ['003 The hen', 'The hen'],
  ['3 Con gà', 'Con gà'],
  ['Gà 003 Digital', null],
])('words behind a number at the beginning of a name are a title: %s', (name, title) => {
  expect(parseChapterName(name, 'Gà').title).toBe(title);
});

test.each(['Volume 01', 'Vol.3', 'v01', 'Tập 2', 'Season 1', '第3巻', '01'])(
  '%s names a part of a series',
  (name) => {
    expect(isPartOfSeries(name)).toBe(true);
  },
);
test.each(['Marvel 1602', 'Ngõ Mây', 'One Piece (2003)', 'x', 'manga', 'Vagabond', 'Volume of Tales'])(
  '%s names a series',
  (name) => {
    expect(isPartOfSeries(name)).toBe(false);
  },
);

test.each([
  ['001', '1'],
  ['0', '0'],
  ['000', '0'],
  ['12.50', '12.50'],
  ['7.0', '7'],
  ['1.10', '1.10'],
  ['10', '10'],
  ['1,5', '1.5'],
  ['1–3', '1–3'],
  ['ngoại truyện', 'ngoại truyện'],
])('writes the number %s as %s', (given, written) => expect(plainNumber(given)).toBe(written));

test.each([
  ['Khúc Sói IV', '4'],
  ['Khúc Sói XIX', '19'],
  ['Khúc Sói Mix', null],
  ['Khúc Sói', null],
])('reads Roman numbers only behind the name of the series: %s', (name, number) => {
  expect(parseChapterName(name, 'Khúc Sói').number).toBe(number);
  expect(parseChapterName(name).number).toBeNull();
});
